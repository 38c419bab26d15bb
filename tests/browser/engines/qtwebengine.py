"""Opens a page in the Chromium of Qt: 87 in Qt 5, 102 in Qt 6.

usage: qtwebengine.py 5|6
QTWEBENGINE_CHROMIUM_FLAGS may say --remote-debugging-port=N. Key presses and texts come as
lines of JSON, and "ok" answers each: in Qt 5 those of the debugging protocol never arrive.
They are ["key", "Tab"], ["text", "合作"] or, while an input method is composing,
["letters", "hezuo"].
"""
import importlib
import json
import sys

version = sys.argv[1]
core, gui, widgets, web = (
    importlib.import_module(f"PyQt{version}.Qt{name}")
    for name in ("Core", "Gui", "Widgets", "WebEngineWidgets")
)

app = widgets.QApplication(sys.argv)
view = web.QWebEngineView()
view.resize(1280, 900)
view.load(core.QUrl("about:blank"))
view.show()
view.activateWindow()
view.setFocus()


def listen():
    what, value = json.loads(sys.stdin.readline() or sys.exit())
    if what != "key":
        event = gui.QInputMethodEvent(value if what == "letters" else "", [])
        if what == "text":
            event.setCommitString(value)
        app.sendEvent(view.focusProxy(), event)
    else:
        keys = core.Qt.Key if version == "6" else core.Qt
        none = core.Qt.KeyboardModifier.NoModifier if version == "6" else core.Qt.NoModifier
        types = core.QEvent.Type if version == "6" else core.QEvent
        text = {"Space": " ", "Return": "\r", "Tab": "\t"}.get(value, "")
        for kind in (types.KeyPress, types.KeyRelease):
            event = gui.QKeyEvent(kind, getattr(keys, f"Key_{value}"), none, text)
            app.sendEvent(view.focusProxy(), event)
    print("ok", flush=True)


kinds = core.QSocketNotifier.Type if version == "6" else core.QSocketNotifier
notifier = core.QSocketNotifier(0, kinds.Read)
notifier.activated.connect(listen)
sys.exit(app.exec() if version == "6" else app.exec_())
