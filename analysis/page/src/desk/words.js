// What the desk says, in the language that was chosen; words of charts are the page's.
import {languages, wordsOf} from '../words.js';

const kept = 'homeward-language';

/** The one chosen last, else the browser's own, else English. */
function firstLanguage() {
    const wanted = navigator.languages.map(language => language.slice(0, 2));
    try {
        wanted.unshift(localStorage.getItem(kept) ?? '');
    } catch {
        // a browser that keeps nothing
    }
    return wanted.find(language => languages.includes(language)) ?? 'en';
}

export const language = firstLanguage(), pageWords = wordsOf(language), deskWords = pageWords.desk;

/** The question is in the address, so that the page can be loaded again. @param {string} next */
export function speak(next) {
    try {
        localStorage.setItem(kept, next);
    } catch {
        return;
    }
    location.reload();
}
