import { css } from './css.js';

/** The answers, consents, summaries, the receipt; and paper. */
export const check = css`
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
  .merge-sides {
    display: grid;
    gap: 0.5rem 1.5rem;
  }
  .wide .merge-sides {
    grid-template-columns: repeat(2, minmax(0, 1fr));
  }
  .merge-text:not(:empty) {
    padding: 0.5rem 0.85rem;
    background: var(--paper);
    border: 1px solid var(--line);
    border-radius: var(--radius);
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
