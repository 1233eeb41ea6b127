// By day or by night: as the system has it, until the reader chooses. Paper is always by day (palette.js).
import {element} from './element.js';

const kept = 'homeward-theme', system = matchMedia('(prefers-color-scheme: dark)');

/** What a browser keeps for pages, where it lets them. @param {(storage: Storage) => string | null | void} use */
function remembered(use) {
    try {
        return use(localStorage);
    } catch {
        return null;
    }
}

const isNight = () => (document.documentElement.dataset.theme ?? (system.matches ? 'dark' : 'light')) === 'dark';

const chosen = remembered(storage => storage.getItem(kept));
if (chosen === 'dark' || chosen === 'light') document.documentElement.dataset.theme = chosen;

/** @param {{dark: string}} words */
export function themeButton(words) {
    const button = element('button', {type: 'button', id: 'theme', 'aria-pressed': String(isNight()), onclick: () => {
        const theme = isNight() ? 'light' : 'dark';
        document.documentElement.dataset.theme = theme;
        remembered(storage => storage.setItem(kept, theme));
        button.setAttribute('aria-pressed', String(isNight()));
    }}, words.dark);
    system.addEventListener('change', () => button.setAttribute('aria-pressed', String(isNight())));
    return button;
}
