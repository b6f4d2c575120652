import './lesson/site.js';
import './lesson/lesson.js';
import { mountLaboratory } from './lab/mount.js';

mountLaboratory();
