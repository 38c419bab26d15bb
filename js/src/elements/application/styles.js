import { check } from './styles/check.js';
import { fields } from './styles/fields.js';
import { frame } from './styles/frame.js';
import { tasks } from './styles/tasks.js';
import { theme } from './styles/theme.js';

export const styles = theme + frame + tasks + fields + check;
