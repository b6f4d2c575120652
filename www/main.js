import './lesson/site.js';
