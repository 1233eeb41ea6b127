/** Whether this page speaks Azerbaijani, too, and has the map of that country: said when it is bundled (build.mjs). */
declare const AZERBAIJANI: boolean;
