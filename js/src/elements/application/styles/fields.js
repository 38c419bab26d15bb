import { css } from './css.js';

/** Questions and their controls. */
export const fields = css`
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
    overflow-wrap: anywhere;
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
    font-size: 0.85rem;
    line-height: 1;
    box-shadow: inset 0 0 0 0.8rem;
    -webkit-text-fill-color: var(--paper);
  }
  .issue.warning {
    color: var(--warning);
  }
  .issue.hint {
    color: var(--muted);
    font-weight: 400;
  }
  .issue.hint::before {
    content: 'i';
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
  textarea,
  .marks {
    min-height: 7.5rem;
    line-height: 1.65;
    overflow: hidden auto;
    /* Firefox sets the text of boxes with more care than other texts. */
    text-rendering: auto;
  }
  textarea {
    resize: vertical;
    field-sizing: content;
  }
  .root .line {
    min-height: 0;
    resize: none;
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
  .root .sheet textarea,
  .root .sheet .marks {
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
  .root .sheet [aria-invalid='true']:not([type='checkbox']) {
    box-shadow: none;
  }
  .paper {
    position: relative;
    display: flex;
    flex: 1 0 auto;
    flex-direction: column;
  }
  .marks {
    position: absolute;
    inset: 0;
    white-space: pre-wrap;
    overflow-wrap: break-word;
    color: transparent;
    pointer-events: none;
    forced-color-adjust: none;
  }
  mark {
    background: none;
    color: inherit;
    /* One by one: WebKit does not know all of them in one. */
    text-decoration-line: underline;
    text-decoration-style: wavy;
    text-decoration-color: var(--warning);
    text-decoration-thickness: 1px;
    text-underline-offset: 0.25em;
    text-decoration-skip-ink: none;
  }
  mark.faint {
    text-decoration-color: var(--muted);
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
