// The recorded run, fetched once for all elements of a page.
import { home } from '../engine/home.js';
import { loadRecording } from '../lesson/recorded.js';

/** @type {ReturnType<typeof loadRecording> | null} */
let recording = null;

export function recordedRun() {
  recording ??= loadRecording(new URL('recorded/lesson.json', home()).href).catch((error) => {
    recording = null;
    throw error;
  });
  return recording;
}
