import type { HezuoApplication } from './elements/application.js';

declare global {
  interface HTMLElementTagNameMap {
    'hezuo-application': HezuoApplication;
  }

  interface HTMLElementEventMap {
    'hezuo-ready': CustomEvent<{ form: object }>;
    'hezuo-language': CustomEvent<{ language: string }>;
    'hezuo-handed-in': CustomEvent<{ receipt: string; id: string; received: string }>;
    'hezuo-error': CustomEvent<{ error: unknown }>;
  }
}
