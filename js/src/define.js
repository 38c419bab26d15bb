// The one file with a side effect: it registers every element, once.
import { HezuoApplication } from './elements/application.js';
import { load } from './index.js';

HezuoApplication.define(load());
