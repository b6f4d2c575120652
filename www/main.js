import './lesson/site.js';
import './lesson/lesson.js';
