// Pieces that charts are put together from. Coordinates are pixels of the width that the chart was drawn for.
import {svgElement} from './element.js';
import {faint, ink, paper} from './colours.js';

/** @typedef {import('./types.js').Drawn} Drawn */
/** @typedef {import('./types.js').Point} Point */
/** @typedef {import('./types.js').Sign} Sign */
/** @typedef {{svg: SVGSVGElement, x: number, y: number}} Piece */

export const font = 'system-ui, "Segoe UI", "Helvetica Neue", Arial, "DejaVu Sans", sans-serif';
const pen = /** @type {CanvasRenderingContext2D} */ (document.createElement('canvas').getContext('2d'));

/** Width in pixels. @param {string} text @param {number} size @param {string} [weight] */
export function textWidth(text, size, weight = '') {
    pen.font = `${weight} ${size}px ${font}`;
    return pen.measureText(text).width;
}

/** Breaks a text into lines that fit. @param {string} text @param {number} width @param {number} size @param {string} [weight] */
export function wrap(text, width, size, weight) {
    /** @type {string[]} */
    const lines = [];
    for (const word of text.split(' ')) {
        const last = lines[lines.length - 1];
        if (last !== undefined && textWidth(`${last} ${word}`, size, weight) <= width) lines[lines.length - 1] = `${last} ${word}`;
        else lines.push(word);
    }
    return lines;
}

/** @param {number} x @param {number} y @param {string} text @param {Record<string, string | number>} [more] */
export function label(x, y, text, more = {}) {
    return svgElement('text', {x, y, 'font-size': 12, fill: ink, 'font-family': font, ...more}, text);
}

/** @param {number} width @param {number} height */
export function canvas(width, height) {
    return svgElement('svg', {xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${width} ${height}`, width, height, 'font-family': font, role: 'img'});
}

/** Textures for colours that mean a kind within a kind. @param {SVGSVGElement} svg @param {string} id @param {string} colour @param {string} texture */
export function addTexture(svg, id, colour, texture) {
    const mark = texture === 'stripes' ? svgElement('path', {d: 'M-1,1 l2,-2 M0,6 l6,-6 M5,7 l2,-2', stroke: paper, 'stroke-width': 1.6})
                                       : svgElement('circle', {cx: 3, cy: 3, r: 1.3, fill: paper});
    svg.append(svgElement('defs', {}, svgElement('pattern', {id, width: 6, height: 6, patternUnits: 'userSpaceOnUse'}, svgElement('rect', {width: 6, height: 6, fill: colour}), mark)));
}

/** Puts pieces into one drawing. @param {number} width @param {number} height @param {Piece[]} pieces */
export function compose(width, height, pieces) {
    const svg = canvas(width, height);
    for (const {svg: inner, x, y} of pieces) {
        inner.removeAttribute('role');
        inner.setAttribute('x', String(x));
        inner.setAttribute('y', String(y));
        svg.append(inner);
    }
    return svg;
}

/** @param {Sign} sign @param {number} size @param {string} id for a texture */
export function signElement(sign, size, id) {
    const svg = svgElement('svg', {width: size, height: size, viewBox: '0 0 14 14', 'aria-hidden': 'true'});
    const half = 7;
    if (sign.texture) addTexture(svg, id, sign.colour, sign.texture);
    if (sign.shape === 'glass' || sign.shape === 'rhombus') {
        const gradient = `${id}-half`;
        svg.append(svgElement('defs', {}, svgElement('linearGradient', {id: gradient, x1: 0, x2: 0, y1: 0, y2: 1}, svgElement('stop', {offset: 0.4, 'stop-color': paper}), svgElement('stop', {offset: 0.4, 'stop-color': sign.colour}))));
        const dress = {fill: `url(#${gradient})`, stroke: ink, 'stroke-width': 1.4};
        svg.append(sign.shape === 'glass' ? svgElement('circle', {cx: half, cy: half, r: 5, ...dress}) : svgElement('path', {d: 'M7,1L13,7L7,13L1,7Z', ...dress}));
        return svg;
    }
    const fill = sign.texture ? `url(#${id})` : sign.colour;
    if (sign.shape === 'line') svg.append(svgElement('rect', {x: 0, y: 5.5, width: 14, height: 3, fill}));
    else if (sign.shape === 'dot') svg.append(svgElement('circle', {cx: half, cy: half, r: 5, fill, stroke: ink}));
    else if (sign.shape === 'diamond') svg.append(svgElement('rect', {x: 3, y: 3, width: 8, height: 8, fill, stroke: ink, transform: 'rotate(45 7 7)'}));
    else svg.append(svgElement('rect', {x: 0.5, y: 1.5, width: 13, height: 11, fill, stroke: faint, 'stroke-width': 0.5}));
    return svg;
}

/** Ticks of whole years that do not crowd. @param {Date} from @param {Date} to @param {number} width */
export function yearTicks(from, to, width) {
    const first = from.getUTCFullYear() + (from.getUTCMonth() > 0 ? 1 : 0), last = to.getUTCFullYear();
    const room = Math.max(1, Math.floor(width / 46));
    const step = [1, 2, 5, 10, 20, 50].find(years => (last - first) / years <= room) ?? 100;
    const ticks = [];
    for (let year = Math.ceil(first / step) * step; year <= last; year += step) ticks.push(new Date(Date.UTC(year, 0, 1)));
    return ticks;
}
