/** In a worker nothing has loaded the core yet: do so before anything refers to it. */
declare function importScripts(...urls: string[]): void;

/** Whether this runs as a worker and not in a page. */
export const inWorker = typeof document === 'undefined';

if (inWorker) importScripts('/assets/booth.js');
