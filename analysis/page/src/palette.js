// Colours by day and by night, under one name each; build.mjs makes them variables of the style. Pictures that leave the
// page, and paper, have those of the day. Kinds have Okabe and Ito's set, which readers with any colour vision can tell
// apart; probabilities have ColorBrewer's YlGnBu: the more likely, the further from the ground.

export const day = {
    ink: '#1d2733', faint: '#5b6673', rule: '#d9dee3', ground: '#f6f7f8', paper: '#ffffff', edge: '#8b96a1', accent: '#0b5c8f', 'on-accent': '#ffffff',
    warning: '#fff1e6', stale: '#8a3b00', land: '#f3f4f5', 'land-edge': '#c6ccd2',
    black: '#000000', orange: '#e69f00', sky: '#56b4e9', green: '#009e73', yellow: '#f0e442', blue: '#0072b2', vermillion: '#d55e00', purple: '#cc79a7', violet: '#7a4b9a',
    grey: '#8a8a8a', pale: '#c9c9c9', band: '#d8d8d8', 'blue-band': '#8bb8d8',
    'chance-0': '#ffffcc', 'chance-1': '#a1dab4', 'chance-2': '#41b6c4', 'chance-3': '#2576ad', 'chance-4': '#253494',
    'chance-ink-0': '#1d2733', 'chance-ink-1': '#1d2733', 'chance-ink-2': '#1d2733', 'chance-ink-3': '#ffffff', 'chance-ink-4': '#ffffff',
};

/** @type {typeof day} */
export const night = {
    ink: '#e4e8ec', faint: '#a5b0bb', rule: '#36404a', ground: '#1d232a', paper: '#13171c', edge: '#75818d', accent: '#6cb6e4', 'on-accent': '#0d1115',
    warning: '#35210f', stale: '#ffb27a', land: '#1b2127', 'land-edge': '#3a444e',
    black: '#f4f4f4', orange: '#e69f00', sky: '#7cc8f2', green: '#12ab80', yellow: '#f0e442', blue: '#2f8fd0', vermillion: '#ea7430', purple: '#d58bb4', violet: '#a583c9',
    grey: '#969ea6', pale: '#5b646d', band: '#4a535c', 'blue-band': '#2a5d84',
    'chance-0': '#27304c', 'chance-1': '#1f4e79', 'chance-2': '#2576ad', 'chance-3': '#41b6c4', 'chance-4': '#d4efb5',
    'chance-ink-0': '#ffffff', 'chance-ink-1': '#ffffff', 'chance-ink-2': '#ffffff', 'chance-ink-3': '#10161c', 'chance-ink-4': '#10161c',
};

/** The style's variables. */
export const variables = () => {
    const block = (/** @type {Record<string, string>} */ colours) => Object.entries(colours).map(([name, colour]) => `--${name}: ${colour};`).join(' ');
    return `:root { color-scheme: light; ${block(day)} }
@media screen and (prefers-color-scheme: dark) { :root:not([data-theme=light]) { color-scheme: dark; ${block(night)} } }
@media screen { :root[data-theme=dark] { color-scheme: dark; ${block(night)} } }
`;
};

/** A text in which colours of the day stand instead of their names. @param {string} text */
export const byDay = text => text.replace(/var\(--([a-z0-9-]+)\)/g, (whole, name) => /** @type {Record<string, string>} */ (day)[name] ?? whole);
