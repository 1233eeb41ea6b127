// In which language the desk opens.
import {languages} from '../words.js';

export const kept = 'homeward-language';

/** That of the address: it goes with a link. */
export function inAddress() {
    try {
        const {language} = JSON.parse(decodeURIComponent(location.hash.slice(1)) || '{}');
        return languages.includes(language) ? String(language) : null;
    } catch {
        return null;
    }
}

/** The one in the address; that of `homeward desk --language`; the one chosen last, the browser's own, or English. */
export function firstLanguage() {
    const wanted = navigator.languages.map(language => language.slice(0, 2));
    try {
        wanted.unshift(localStorage.getItem(kept) ?? '');
    } catch {
        // a browser that keeps nothing
    }
    wanted.unshift(inAddress() ?? '', JSON.parse(document.getElementById('data')?.textContent ?? '{}').language ?? '');
    return wanted.find(language => languages.includes(language)) ?? 'en';
}
