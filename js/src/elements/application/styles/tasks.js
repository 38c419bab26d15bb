import { css } from './css.js';

/** The task list, who may apply, and the deadlines. */
export const tasks = css`
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
