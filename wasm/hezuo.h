#ifndef HEZUO_H
#define HEZUO_H

/* The C ABI: everything that JavaScript can call, and nothing else.
 *
 * Text is UTF-8, without a terminating zero; "json" is a JSON text. The caller owns what
 * it passes in. A reply lives until the next call into this module: copy it before that.
 * No call throws; none keeps a pointer that it was given.
 *
 * The shapes are described in js/src/index.js, which is their only caller. */

/* NOLINTBEGIN(modernize-*): this is C. */
#include <stddef.h>
#include <stdint.h>

#ifdef __EMSCRIPTEN__
#define HEZUO_EXPORT __attribute__((used, visibility("default")))
#else
#define HEZUO_EXPORT
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
  /* 1: data is the result; 0: data is {code, path, message, issues?}; 2: of the text that
   * was set nothing but its length has changed, and data is what its counter says. */
  uint32_t ok;
  uint32_t size;    /* In bytes. */
  const char* data; /* JSON; where ok is 2, text, empty where there is no counter. */
  uint32_t count;   /* Where ok is 2: the length. */
} hz_reply;

/* Rises with every incompatible change; js/src/wasm.js refuses any other. */
HEZUO_EXPORT uint32_t hz_abi_version(void);

HEZUO_EXPORT void* hz_alloc(size_t size);
HEZUO_EXPORT void hz_free(void* block);

/* {"messages": [catalogue], "taxonomies": [taxonomy]}
 *   -> {"version", "unicode", "languages": [{"language", "name"}]} */
HEZUO_EXPORT const hz_reply* hz_configure(const char* json, size_t size);
/* {"language", "code", "params"?} -> string */
HEZUO_EXPORT const hz_reply* hz_text(const char* json, size_t size);

/* Definition, as its author wrote it -> {"call": handle, "form", "issues"} */
HEZUO_EXPORT const hz_reply* hz_compile(const char* text, size_t size);
HEZUO_EXPORT void hz_release(uint32_t call);
/* Document, {"language", "now"} -> {"valid", "issues", "receipt"} */
HEZUO_EXPORT const hz_reply* hz_validate(uint32_t call, const char* document,
                                         size_t document_size, const char* json,
                                         size_t size);

/* Document (of size 0: none), {"language", "now"} -> {"session": handle, "state"} */
HEZUO_EXPORT const hz_reply* hz_open(uint32_t call, const char* document,
                                     size_t document_size, const char* json, size_t size);
HEZUO_EXPORT void hz_close(uint32_t session);
/* -> state */
HEZUO_EXPORT const hz_reply* hz_state(uint32_t session);
/* {"key", "value"} -> change */
HEZUO_EXPORT const hz_reply* hz_set(uint32_t session, const char* json, size_t size);
/* One text, without JSON on the way in; the language is an index, or -1 -> change, or
 * only the length */
HEZUO_EXPORT const hz_reply* hz_set_text(uint32_t session, const char* key,
                                         size_t key_size, int32_t language,
                                         const char* text, size_t size);
/* {"key"} -> change, of what comparing the languages of an answer finds: where only the
 * length is answered, that is left out */
HEZUO_EXPORT const hz_reply* hz_compare(uint32_t session, const char* json, size_t size);
/* {"add": group, "at"?, "row"?} | {"remove": key} | {"move": key, "to"} -> change */
HEZUO_EXPORT const hz_reply* hz_row(uint32_t session, const char* json, size_t size);
/* {"id", "given", "at"} -> change */
HEZUO_EXPORT const hz_reply* hz_consent(uint32_t session, const char* json, size_t size);
/* {"language"} -> state; {"now"} -> state */
HEZUO_EXPORT const hz_reply* hz_adjust(uint32_t session, const char* json, size_t size);
/* -> {"valid", "issues"} */
HEZUO_EXPORT const hz_reply* hz_check(uint32_t session);
/* -> {"issues"}: hints, of what a draft keeps and handing in leaves behind */
HEZUO_EXPORT const hz_reply* hz_left(uint32_t session);
/* {"event"?, "at"?} -> document; that of the event "handed_in" holds only what counts */
HEZUO_EXPORT const hz_reply* hz_document(uint32_t session, const char* json, size_t size);
/* {"key"} -> answer or null */
HEZUO_EXPORT const hz_reply* hz_answer(uint32_t session, const char* json, size_t size);

/* Bytes of a file -> {"sha256", "size", "type"} */
HEZUO_EXPORT const hz_reply* hz_inspect(const char* bytes, size_t size);
/* Text -> {"graphemes", "words", "han", "characters", "bytes"} of its NFC */
HEZUO_EXPORT const hz_reply* hz_count(const char* text, size_t size);
/* Text -> string */
HEZUO_EXPORT const hz_reply* hz_nfc(const char* text, size_t size);
/* {"kind", "value"} -> {"verdict", "code", "normalized"} */
HEZUO_EXPORT const hz_reply* hz_id(const char* json, size_t size);
/* {"rule", "data"} -> value */
HEZUO_EXPORT const hz_reply* hz_rule(const char* json, size_t size);

#ifdef __cplusplus
}
#endif

/* NOLINTEND(modernize-*) */

#endif
