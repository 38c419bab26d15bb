import { css } from './css.js';

/** Colors, type and what every element inherits. */
export const theme = css`
  :host {
    display: block;
  }
  .root {
    --ink: #1b2530;
    --muted: #55616d;
    --line: #c9cfd6;
    --edge: #6b7782;
    --paper: #ffffff;
    --desk: #f4f3ef;
    --wash: #eaf0f7;
    --accent: var(--hezuo-accent, #1a4f8b);
    --on-accent: var(--hezuo-on-accent, #ffffff);
    --error: #a1231f;
    --error-wash: #fdf1f0;
    --warning: #7a4d00;
    --warning-wash: #fdf6e7;
    --done: #1c6443;
    --done-wash: #eef7f1;
    --focus: var(--hezuo-focus, #b3570a);
    --radius: var(--hezuo-radius, 6px);
    --han: var(
      --hezuo-font-han,
      'PingFang SC',
      'Hiragino Sans GB',
      'Microsoft YaHei',
      'Noto Sans CJK SC',
      'Noto Sans SC',
      'WenQuanYi Micro Hei'
    );
    --latin: var(--hezuo-font, system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial);
    color-scheme: light;
    box-sizing: border-box;
    padding: clamp(0.75rem, 3vw, 1.75rem);
    border-radius: calc(var(--radius) * 2);
    background: var(--desk);
    color: var(--ink);
    font:
      1rem/1.6 var(--latin),
      var(--han),
      sans-serif;
    overflow-wrap: break-word;
  }
  .root.dark {
    --ink: #e7eaee;
    --muted: #a9b4bf;
    --line: #3b4550;
    --edge: #8591a0;
    --paper: #1d242c;
    --desk: #12171c;
    --wash: #22303f;
    --accent: var(--hezuo-accent-dark, #8fbcf2);
    --on-accent: var(--hezuo-on-accent-dark, #0c1a2a);
    --error: #ffa39b;
    --error-wash: #34191a;
    --warning: #f2c572;
    --warning-wash: #2f2612;
    --done: #86d6ab;
    --done-wash: #142a20;
    --focus: var(--hezuo-focus-dark, #ffb46b);
    color-scheme: dark;
  }
  .root :lang(zh),
  .root:lang(zh) {
    font-family: var(--han), var(--latin), sans-serif;
    line-height: 1.75;
  }
  .root :lang(en) {
    font-family: var(--latin), var(--han), sans-serif;
  }
  *,
  *::before,
  *::after {
    box-sizing: inherit;
  }
  h2,
  h3,
  h4,
  h5,
  p,
  ul,
  ol,
  dl,
  dd,
  fieldset {
    margin: 0;
    padding: 0;
  }
  h2 {
    font-size: 1.35rem;
    line-height: 1.3;
  }
  h3 {
    font-size: 1.15rem;
    line-height: 1.35;
  }
  h4,
  h5 {
    font-size: 1rem;
  }
  fieldset {
    min-width: 0;
    border: 0;
  }
  a {
    color: var(--accent);
  }
  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    padding: 0;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
    border: 0;
  }
  :focus-visible {
    outline: 3px solid var(--focus);
    outline-offset: 2px;
  }
  [tabindex='-1']:focus {
    outline: none;
  }
  .summary:focus,
  .notice:focus {
    outline: 3px solid var(--focus);
    outline-offset: 2px;
  }
`;
