import { css } from 'lit';

const theme = css`
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

const frame = css`
  .head {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem 1.5rem;
    justify-content: space-between;
    align-items: flex-start;
    padding-bottom: 1rem;
    margin-bottom: 1.25rem;
    border-bottom: 1px solid var(--line);
  }
  .head h2 {
    flex: 1 1 16rem;
  }
  .head-side {
    display: flex;
    flex-wrap: wrap;
    flex: 0 1 auto;
    gap: 0.25rem 1rem;
    align-items: center;
  }
  .languages {
    display: flex;
    border: 1px solid var(--edge);
    border-radius: var(--radius);
    overflow: hidden;
  }
  .languages button {
    min-height: 44px;
    min-width: 44px;
    padding: 0 0.9rem;
    border: 0;
    background: var(--paper);
    color: var(--ink);
    font-size: 0.95rem;
    cursor: pointer;
  }
  .languages button[aria-pressed='true'] {
    background: var(--accent);
    color: var(--on-accent);
    font-weight: 600;
  }
  .languages button:focus-visible {
    outline-offset: -4px;
  }
  .save-state {
    color: var(--muted);
    font-size: 0.9rem;
  }
  .save-state.failed,
  .save-state.conflict {
    color: var(--error);
    font-weight: 600;
  }
  .layout {
    display: block;
  }
  .wide .layout {
    display: grid;
    grid-template-columns: 15rem minmax(0, 1fr);
    gap: 2.25rem;
  }
  .wide .main:first-child {
    grid-column: 1 / -1;
    max-width: 52rem;
  }
  .main {
    min-width: 0;
  }
  .view > * + * {
    margin-top: 1.5rem;
  }
  .step {
    color: var(--muted);
    font-size: 0.95rem;
  }
  .view-title,
  .step + .view-title {
    margin-top: 0.15rem;
    font-size: 1.5rem;
    line-height: 1.3;
  }
  .intro > * + *,
  .hint > p + p {
    margin-top: 0.6rem;
  }
  .intro,
  .contact,
  .view > p {
    max-width: 44rem;
  }
  .panel {
    padding: 1rem 1.15rem;
    background: var(--paper);
    border: 1px solid var(--line);
    border-radius: var(--radius);
  }
  .panel > * + * {
    margin-top: 0.75rem;
  }
  .notice {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 1rem;
    align-items: center;
    margin-bottom: 1.25rem;
    padding: 0.4rem 1rem;
    background: var(--wash);
    border-left: 4px solid var(--accent);
    border-radius: var(--radius);
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 0.75rem;
  }
  .buttons.ends {
    justify-content: space-between;
    padding-top: 1.25rem;
    border-top: 1px solid var(--line);
  }
  button {
    font: inherit;
  }
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    min-height: 44px;
    padding: 0.45rem 1.35rem;
    border: 1px solid var(--accent);
    border-radius: var(--radius);
    background: var(--accent);
    color: var(--on-accent);
    font-weight: 600;
    line-height: 1.3;
    text-align: center;
    cursor: pointer;
  }
  .button:hover {
    filter: brightness(1.1);
  }
  .button.secondary {
    background: var(--paper);
    color: var(--accent);
  }
  .button.quiet {
    background: none;
    border-color: transparent;
    color: var(--error);
    text-decoration: underline;
    text-underline-offset: 0.2em;
    padding-inline: 0.5rem;
  }
  .button[disabled] {
    opacity: 0.55;
    cursor: default;
  }
  input.hidden:focus-visible + .button,
  .button:focus-within {
    outline: 3px solid var(--focus);
  }
  .link {
    min-height: 44px;
    min-width: 44px;
    padding: 0 0.4rem;
    border: 0;
    border-radius: var(--radius);
    background: none;
    color: var(--accent);
    text-decoration: underline;
    text-underline-offset: 0.2em;
    cursor: pointer;
  }
  summary {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    min-height: 44px;
    cursor: pointer;
    color: var(--accent);
  }
  summary::before {
    content: '';
    width: 0.5em;
    height: 0.5em;
    flex: none;
    border: solid currentColor;
    border-width: 0 2px 2px 0;
    transform: rotate(-45deg);
  }
  details[open] > summary::before {
    transform: rotate(45deg);
  }
  summary::-webkit-details-marker {
    display: none;
  }
`;

const tasks = css`
  .tasks {
    list-style: none;
  }
  .tasks li + li {
    border-top: 1px solid var(--line);
  }
  .tasks button {
    display: flex;
    flex-wrap: wrap;
    gap: 0.15rem 1rem;
    align-items: center;
    justify-content: space-between;
    width: 100%;
    min-height: 48px;
    padding: 0.45rem 0.6rem;
    border: 0;
    border-left: 4px solid transparent;
    background: none;
    color: var(--ink);
    text-align: left;
    cursor: pointer;
  }
  .view .tasks {
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--paper);
  }
  .view .tasks .task-name {
    color: var(--accent);
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }
  .tasks button:hover {
    background: var(--wash);
  }
  .tasks button:focus-visible {
    outline-offset: -3px;
  }
  .tasks .here button {
    border-left-color: var(--accent);
    font-weight: 600;
  }
  .side .tasks button {
    flex-wrap: nowrap;
    font-size: 0.95rem;
    line-height: 1.35;
  }
  .side.narrow {
    margin-bottom: 1.25rem;
    padding: 0 0.75rem;
    background: var(--paper);
    border: 1px solid var(--line);
    border-radius: var(--radius);
  }
  .wide .side {
    position: sticky;
    top: 1rem;
    align-self: start;
    max-height: calc(100vh - 2rem);
    overflow: auto;
  }
  .task-name {
    flex: 1 1 auto;
  }
  .task-progress {
    display: flex;
    flex-wrap: wrap;
    gap: 0.2rem 0.9rem;
    align-items: center;
    color: var(--muted);
    font-size: 0.9rem;
  }
  .task-language {
    white-space: nowrap;
  }
  .task-language.full {
    color: var(--done);
  }
  .state {
    padding: 0 0.55rem;
    border: 1px solid currentColor;
    border-radius: 1rem;
    font-size: 0.85rem;
    white-space: nowrap;
  }
  .state.complete {
    color: var(--done);
    background: var(--done-wash);
  }
  .state.error {
    color: var(--error);
    background: var(--error-wash);
  }
  .state.started {
    color: var(--accent);
    background: var(--wash);
  }
  .dot {
    flex: none;
    width: 0.8rem;
    height: 0.8rem;
    border: 2px solid var(--edge);
    border-radius: 50%;
  }
  .dot.started {
    background: linear-gradient(90deg, var(--accent) 50%, transparent 50%);
    border-color: var(--accent);
  }
  .dot.complete {
    background: var(--done);
    border-color: var(--done);
  }
  .dot.error {
    background: var(--error);
    border-color: var(--error);
    border-radius: 2px;
  }
  .gates {
    list-style: none;
  }
  .gate {
    display: flex;
    gap: 0.75rem;
    padding: 0.5rem 0;
  }
  .gate + .gate {
    border-top: 1px solid var(--line);
  }
  .gate-sign {
    flex: none;
    display: grid;
    place-items: center;
    width: 1.6rem;
    height: 1.6rem;
    border: 2px solid currentColor;
    border-radius: 50%;
    font-weight: 700;
    line-height: 1;
    color: var(--muted);
  }
  .gate.pass .gate-sign {
    color: var(--done);
  }
  .gate.fail .gate-sign,
  .gate.fail .gate-state {
    color: var(--error);
  }
  .gate-state {
    color: var(--muted);
  }
  .gate-links {
    color: var(--muted);
    font-size: 0.95rem;
  }
  .deadlines > div,
  .receipt-facts > div {
    display: flex;
    flex-wrap: wrap;
    gap: 0 1.25rem;
    padding: 0.3rem 0;
  }
  .deadlines dt,
  .receipt-facts dt {
    flex: 0 0 12rem;
    color: var(--muted);
  }
  .deadlines dd,
  .receipt-facts dd {
    flex: 1 1 14rem;
    min-width: 0;
  }
`;

const fields = css`
  .field + .field,
  .note + .field,
  .field + .note {
    margin-top: 2rem;
  }
  .label {
    display: block;
    padding: 0;
    font-weight: 600;
    font-size: 1.05rem;
    max-width: 44rem;
  }
  .optional {
    margin-left: 0.25rem;
    color: var(--muted);
    font-weight: 400;
    font-size: 0.9rem;
  }
  .hint {
    max-width: 44rem;
    margin-top: 0.15rem;
    color: var(--muted);
    font-size: 0.95rem;
  }
  .help {
    max-width: 44rem;
    font-size: 0.95rem;
  }
  .help[open] {
    padding-left: 0.85rem;
    border-left: 3px solid var(--line);
  }
  .help > p {
    padding-bottom: 0.5rem;
  }
  .issues:empty {
    display: none;
  }
  .issue {
    display: flex;
    gap: 0.5rem;
    margin-top: 0.4rem;
    font-weight: 600;
    font-size: 0.95rem;
    line-height: 1.5;
    color: var(--error);
  }
  .issue::before {
    content: '!';
    flex: none;
    display: grid;
    place-items: center;
    width: 1.3rem;
    height: 1.3rem;
    margin-top: 0.1rem;
    border-radius: 50%;
    background: currentColor;
    color: var(--error);
    font-size: 0.85rem;
    line-height: 1;
    box-shadow: inset 0 0 0 0.8rem var(--error);
    -webkit-text-fill-color: var(--paper);
  }
  .issue.warning {
    color: var(--warning);
  }
  .issue.warning::before {
    box-shadow: inset 0 0 0 0.8rem var(--warning);
  }
  .issue.hint {
    color: var(--muted);
    font-weight: 400;
  }
  .issue.hint::before {
    content: 'i';
    box-shadow: inset 0 0 0 0.8rem var(--muted);
  }
  input:not([type='checkbox']):not([type='radio']):not([type='file']),
  select,
  textarea {
    display: block;
    width: 100%;
    min-height: 46px;
    margin-top: 0.4rem;
    padding: 0.55rem 0.75rem;
    border: 1px solid var(--edge);
    border-radius: var(--radius);
    background: var(--paper);
    color: var(--ink);
    font: inherit;
    line-height: inherit;
  }
  textarea {
    min-height: 7.5rem;
    line-height: 1.65;
    resize: vertical;
    field-sizing: content;
    overflow: hidden auto;
  }
  textarea:lang(zh) {
    line-height: 1.8;
  }
  input:focus-visible,
  select:focus-visible,
  textarea:focus-visible {
    outline-offset: 0;
    border-color: var(--ink);
  }
  [aria-invalid='true']:not([type='checkbox']):not([type='radio']) {
    border-color: var(--error);
    box-shadow: inset 0 0 0 1px var(--error);
  }
  .field > input,
  .field > select {
    max-width: 34rem;
  }
  .root .field .medium {
    max-width: 16rem;
  }
  .root .code-input,
  .code {
    font-variant-numeric: tabular-nums;
    font-feature-settings: 'zero';
  }
  .code {
    color: var(--muted);
    font-weight: 400;
  }
  .count {
    min-height: 1.6em;
    margin-top: 0.2rem;
    color: var(--muted);
    font-size: 0.9rem;
    font-variant-numeric: tabular-nums;
  }
  .count.over {
    color: var(--error);
    font-weight: 600;
  }
  .sheets {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr));
    gap: 0.75rem;
    margin-top: 0.6rem;
  }
  .sheet {
    display: flex;
    flex-direction: column;
    min-width: 0;
    background: var(--paper);
    border: 1px solid var(--edge);
    border-radius: var(--radius);
    box-shadow:
      0 1px 2px rgb(0 0 0 / 8%),
      0 6px 14px -10px rgb(0 0 0 / 25%);
  }
  .sheet:focus-within {
    border-color: var(--focus);
    box-shadow: 0 0 0 2px var(--focus);
  }
  .sheet.invalid {
    border-color: var(--error);
  }
  .sheet-name {
    padding: 0.4rem 0.85rem 0;
    color: var(--muted);
    font-size: 0.85rem;
    font-weight: 600;
  }
  .root .sheet input:not([type='checkbox']),
  .root .sheet textarea {
    flex: 1 0 auto;
    margin: 0;
    padding: 0.2rem 0.85rem 0.5rem;
    border: 0;
    border-radius: 0;
    background: transparent;
    box-shadow: none;
    outline-offset: -2px;
  }
  .root .sheet input:focus-visible,
  .root .sheet textarea:focus-visible {
    /* The ring is around the whole sheet; forced colors still draw this one. */
    outline-color: transparent;
  }
  .sheet-foot {
    padding: 0.15rem 0.85rem 0.35rem;
    border-top: 1px dashed var(--line);
  }
  .ticks {
    margin-top: 0.4rem;
  }
  .ticks.row {
    display: flex;
    flex-wrap: wrap;
    gap: 0 2rem;
  }
  .tick {
    display: grid;
    grid-template-columns: 1.5rem minmax(0, 1fr);
    column-gap: 0.75rem;
    align-items: center;
    min-height: 44px;
    padding: 0.2rem 0;
  }
  .tick input {
    width: 1.4rem;
    height: 1.4rem;
    margin: 0;
    accent-color: var(--accent);
  }
  .tick label {
    align-self: stretch;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    cursor: pointer;
  }
  .tick-hint {
    grid-column: 2;
    color: var(--muted);
    font-size: 0.95rem;
  }
  .declaration {
    padding: 0.9rem 1.1rem;
    background: var(--paper);
    border: 1px solid var(--line);
    border-radius: var(--radius);
  }
  .declaration > .label {
    float: left;
    width: 100%;
  }
  .declaration > .label ~ * {
    clear: both;
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    margin-top: 0.5rem;
    list-style: none;
  }
  .chips li {
    display: inline-flex;
    align-items: center;
    max-width: 100%;
    padding-left: 0.8rem;
    border: 1px solid var(--accent);
    border-radius: 1.5rem;
    background: var(--wash);
  }
  .chips button {
    flex: none;
    width: 44px;
    height: 44px;
    border: 0;
    border-radius: 50%;
    background: none;
    color: var(--ink);
    font-size: 1.25rem;
    cursor: pointer;
  }
  .finder {
    max-width: 44rem;
    margin-top: 0.6rem;
    background: var(--paper);
    border: 1px solid var(--edge);
    border-radius: var(--radius);
  }
  .finder-search {
    display: block;
    padding: 0.5rem 0.85rem 0.75rem;
    border-bottom: 1px solid var(--line);
    color: var(--muted);
    font-size: 0.95rem;
  }
  .finder-list {
    max-height: 21rem;
    padding: 0.35rem 0.85rem;
    overflow: auto;
  }
  .finder-parent label {
    font-weight: 600;
  }
  .finder-child {
    padding-left: 1.5rem;
  }
  .with-unit {
    display: flex;
    flex-wrap: wrap;
    gap: 0 0.75rem;
    align-items: center;
  }
  .with-unit input {
    flex: 1 1 8rem;
  }
  .with-unit span {
    margin-top: 0.4rem;
  }
  .read-back {
    min-height: 1.6em;
    color: var(--muted);
    font-size: 0.9rem;
    font-variant-numeric: tabular-nums;
  }
  .sub-label {
    display: block;
    margin-top: 0.5rem;
    font-size: 0.95rem;
  }
  .amounts,
  .period {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 14rem), 1fr));
    gap: 0 1.25rem;
    max-width: 44rem;
    align-items: end;
  }
  .amount {
    max-width: 34rem;
  }
  .date {
    display: flex;
    flex-wrap: wrap;
    gap: 0.75rem;
    margin-top: 0.4rem;
  }
  .date-box {
    width: 4.75rem;
  }
  .date-box.year {
    width: 6rem;
  }
  .date-box label {
    font-size: 0.9rem;
    color: var(--muted);
  }
  .root .date-box input {
    margin-top: 0.1rem;
  }
  .files,
  .plain {
    list-style: none;
  }
  .files li {
    display: flex;
    flex-wrap: wrap;
    gap: 0 1rem;
    align-items: center;
    padding: 0.15rem 0.85rem;
    margin-top: 0.5rem;
    background: var(--paper);
    border: 1px solid var(--line);
    border-radius: var(--radius);
  }
  .files .lost {
    border-color: var(--warning);
  }
  .file-name {
    flex: 1 1 12rem;
    min-width: 0;
    font-weight: 600;
  }
  .file-size {
    color: var(--muted);
    font-size: 0.9rem;
  }
  .drop {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem 1rem;
    align-items: center;
    position: relative;
    max-width: 44rem;
    margin-top: 0.6rem;
    padding: 0.85rem;
    border: 2px dashed var(--line);
    border-radius: var(--radius);
  }
  .drop:focus-within {
    outline: 3px solid var(--focus);
  }
  .drop.over {
    border-color: var(--accent);
    background: var(--wash);
  }
  .row-card {
    margin-top: 1rem;
    padding: 0.5rem 1.1rem 1.25rem;
    border: 1px solid var(--line);
    border-left: 4px solid var(--accent);
    border-radius: var(--radius);
    background: var(--desk);
  }
  .row-card > .field + .field {
    margin-top: 1.5rem;
  }
  .row-head {
    display: flex;
    flex-wrap: wrap;
    gap: 0 1rem;
    align-items: center;
    justify-content: space-between;
    margin-bottom: 0.5rem;
  }
  .row-title {
    margin-left: 0.5rem;
    color: var(--muted);
    font-weight: 400;
  }
  .row-tools {
    white-space: nowrap;
  }
  .undo {
    display: flex;
    flex-wrap: wrap;
    gap: 0 0.75rem;
    align-items: center;
    margin-top: 1rem;
    padding: 0 1rem;
    background: var(--wash);
    border-radius: var(--radius);
  }
  .group > .button {
    margin-top: 1rem;
  }
  .computed output {
    display: inline-block;
    margin-top: 0.25rem;
    padding: 0.3rem 0.85rem;
    border-left: 4px solid var(--line);
    background: var(--paper);
    font-variant-numeric: tabular-nums;
  }
  .note {
    max-width: 44rem;
    padding: 0.75rem 1.1rem;
    border-left: 4px solid var(--accent);
    background: var(--wash);
  }
  .note > * + * {
    margin-top: 0.5rem;
  }
`;

const check = css`
  .answer-section {
    padding-top: 1.25rem;
  }
  .answer-section h4 {
    margin-top: 1rem;
  }
  .entry {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 0 1rem;
    padding: 0.6rem 0;
    border-bottom: 1px solid var(--line);
  }
  .wide .entry {
    grid-template-columns: 13rem minmax(0, 1fr) auto;
  }
  .entry dt {
    font-weight: 600;
  }
  .entry dd {
    grid-column: 1;
    min-width: 0;
  }
  .entry .change {
    grid-column: 2;
    grid-row: 1;
  }
  .wide .entry dd {
    grid-column: 2;
  }
  .wide .entry .change {
    grid-column: 3;
  }
  .entry .change .link {
    margin-top: -0.6rem;
  }
  .entry-row {
    margin-top: 0.75rem;
    padding-left: 1rem;
    border-left: 4px solid var(--line);
  }
  .written {
    white-space: pre-wrap;
  }
  .written-in + .written-in {
    margin-top: 0.5rem;
  }
  .written-language {
    color: var(--muted);
    font-size: 0.85rem;
  }
  .none {
    color: var(--muted);
    font-style: normal;
  }
  .consents > * + * {
    margin-top: 1rem;
  }
  .consent {
    padding: 0.6rem 1.1rem;
    background: var(--paper);
    border: 1px solid var(--line);
    border-radius: var(--radius);
  }
  .consent .tick {
    font-weight: 600;
  }
  .consent-text {
    max-height: 16rem;
    overflow: auto;
  }
  .consent-text > p + p {
    margin-top: 0.6rem;
  }
  .summary {
    padding: 1rem 1.25rem;
    border: 3px solid var(--error);
    border-radius: var(--radius);
    background: var(--paper);
  }
  .summary > * + * {
    margin-top: 0.75rem;
  }
  .summary ul {
    padding-left: 1.2rem;
  }
  .summary li {
    padding: 0.25rem 0;
  }
  .summary.error a {
    color: var(--error);
    font-weight: 600;
  }
  .summary.warning {
    border-color: var(--warning);
  }
  .summary.warning a {
    color: var(--warning);
    font-weight: 600;
  }
  .summary.done {
    border-color: var(--done);
    background: var(--done-wash);
  }
  .digest {
    font-family: ui-monospace, Consolas, 'DejaVu Sans Mono', monospace;
    font-size: 0.9rem;
    overflow-wrap: anywhere;
  }
  progress {
    width: 100%;
    height: 1rem;
    accent-color: var(--accent);
  }
  .print {
    display: none;
  }
  .broken {
    padding: 0.75rem 1rem;
    border-left: 4px solid #a1231f;
  }
  @media print {
    .root {
      --desk: #ffffff;
      --ink: #000000;
      --muted: #333333;
      --line: #999999;
      padding: 0;
      font-size: 10.5pt;
      color-scheme: light;
    }
    .screen {
      display: none;
    }
    .print {
      display: block;
    }
    .entry {
      break-inside: avoid;
      grid-template-columns: 12rem minmax(0, 1fr);
    }
    .entry dd {
      grid-column: 2;
    }
  }
  @media (forced-colors: active) {
    .issue::before {
      -webkit-text-fill-color: currentColor;
      border: 1px solid currentColor;
    }
    .root .sheet input:focus-visible,
    .root .sheet textarea:focus-visible {
      outline-color: Highlight;
    }
    .dot.complete,
    .dot.error,
    .languages button[aria-pressed='true'] {
      forced-color-adjust: none;
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    .button,
    .tasks button {
      transition: background-color 0.12s;
    }
  }
`;

export const styles = [theme, frame, tasks, fields, check];
