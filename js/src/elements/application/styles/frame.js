import { css } from './css.js';

/** The head, the layout, panels, notices and buttons. */
export const frame = css`
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
  .draft-name {
    font-weight: 600;
  }
  .save-state {
    color: var(--muted);
    font-size: 0.9rem;
  }
  .save-state:empty {
    display: none;
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
  .view > * + *,
  .questions > * + * {
    margin-top: 1.5rem;
  }
  .consents .questions > * + * {
    margin-top: 1rem;
  }
  /* What can only be read here is read as well as what can be changed. */
  fieldset:disabled input,
  fieldset:disabled textarea,
  fieldset:disabled select {
    opacity: 1;
    color: var(--ink);
    -webkit-text-fill-color: currentColor;
    background-color: var(--desk);
  }
  fieldset:disabled .link {
    visibility: hidden;
  }
  fieldset:disabled .finder-list {
    max-height: none;
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
  .button:disabled,
  :disabled + .button {
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
