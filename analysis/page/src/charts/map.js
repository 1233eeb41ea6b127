// The districts, coloured by the probability of their completion; places as dots in their district, filled from below by
// the probability of their release: two quantities, two signs.
import {canvas, label, textWidth} from '../drawing.js';
import {svgElement} from '../element.js';
import {chanceColour, chanceInk, dotColour, faint, ink, land, landEdge, paper} from '../colours.js';
import {layOutShapes, placeInside} from './map_layout.js';
import {parseDay} from '../format.js';
import {spellingsOf} from '../words.js';

/** @typedef {import('../types.js').View} View */
/** @typedef {import('../types.js').Result} Result */
/** @typedef {import('./map_layout.js').Feature} Feature */
/** @typedef {import('./map_layout.js').Spot} Spot */
/** @typedef {import('./map_layout.js').Placed} Placed */
/** @typedef {[number, number, number, number] | null} Chance percent: value, low, high, error */
/** @typedef {{shapes: import('./map_layout.js').Shape[], placed: Placed[]}} Layout */

/** By the end of a month. @param {Result} result @param {number[][] | undefined} counts @param {number} i @param {number} month @returns {Chance} */
export function chance(result, counts, i, month) {
    return counts ? result.shares[String(counts[i][month])] : null;
}

/** The day on which a place was released before the start: a fact. @param {Result} result @param {string} name @returns {string | undefined} */
export function releasedBefore(result, name) {
    const row = result.tables.place_facts?.rows.find(row => row[0] === name && row[1] === 'released by');
    return row && String(row[2]);
}

/** Nothing moves a dot: they are laid out once, for the width of a phone and the longest names, and drawn larger from there. */
const laidOut = {width: 358, size: 10.5, radius: 4.5};
/** @type {Map<string, Layout>} */
const kept = new Map();

/** @param {View} view @param {Feature[]} features */
function layOut({result}, features) {
    const found = kept.get(result.digest);
    if (found) return found;
    const {width} = laidOut, shapes = layOutShapes(features, width, width * 0.98);
    const placed = shapes.filter(shape => result.districts.includes(shape.feature.properties.name)).sort((a, b) => b.area - a.area).map(shape => {
        const {name} = shape.feature.properties, district = result.districts.indexOf(name);
        return placeInside(shape, shapes, spellingsOf(name), result.district_of.filter(d => d === district).length, laidOut);
    });
    kept.set(result.digest, {shapes, placed});
    return {shapes, placed};
}

/** How a dot is filled, from below, for each twentieth. @param {SVGSVGElement} svg @param {string} own */
function fillings(svg, own) {
    /** @type {Set<number>} */
    const made = new Set();
    return (/** @type {Chance} */ p) => {
        if (!p) return paper;
        const twentieth = p[0] < 1 ? 0 : p[0] > 99 ? 20 : Math.min(19, Math.max(1, Math.round(p[0] / 5))), id = `${own}-${twentieth}`, at = 1 - twentieth / 20;
        if (!made.has(twentieth)) {
            made.add(twentieth);
            svg.append(svgElement('defs', {}, svgElement('linearGradient', {id, x1: 0, x2: 0, y1: 0, y2: 1}, svgElement('stop', {offset: at, 'stop-color': paper}), svgElement('stop', {offset: at, 'stop-color': dotColour}))));
        }
        return `url(#${id})`;
    };
}
let drawings = 0;

/** @param {View} view @param {{features: Feature[]}} map @param {number} width */
export function drawMap(view, map, width) {
    const {result, words, format} = view;
    const onMap = new Set(map.features.map(feature => feature.properties.name).filter(name => result.districts.includes(name)));
    const scale = Math.min(width, 660) / laidOut.width, mapHeight = onMap.size ? laidOut.width * 0.98 * scale : 0, left = (width - laidOut.width * scale) / 2;
    const listed = [...result.districts.map((name, i) => ({name, i, district: true})).filter(({name}) => !onMap.has(name)),
                    ...result.places.map((name, i) => ({name, i, district: false})).filter(({i}) => !onMap.has(result.districts[result.district_of[i] ?? -1]))];
    const tile = 26, look = {size: Math.min(12.5, laidOut.size * scale), radius: Math.min(6.5, laidOut.radius * scale)};
    /** @param {Spot} spot */
    const moved = ({x, y}) => ({x: left + x * scale, y: y * scale});
    const svg = canvas(width, Math.max(60, mapHeight + (listed.length ? 28 + listed.length * tile : 0)));
    /** @type {import('../types.js').Point[]} */
    const points = [];

    /** @param {string} name @param {Chance} p */
    const tell = (name, p) => p ? words.chanceOf({name: view.name(name), chance: format.chance(p[0]), low: format.percent(p[1]), high: format.percent(p[2])}) : view.name(name);
    const tellPlace = (/** @type {number} */ i, /** @type {Chance} */ p) => {
        const day = releasedBefore(result, result.places[i]);
        return day !== undefined ? words.releasedFact({name: view.name(result.places[i]), day: format.day(parseDay(day))}) : tell(result.places[i], p);
    };
    const chanceOfDistrict = (/** @type {number} */ i) => chance(result, result.counts.district_completion_day, i, view.month);
    const chanceOfPlace = (/** @type {number} */ i) => chance(result, result.counts.place_release_day, i, view.month);
    const fillOf = (/** @type {Chance} */ p) => p ? chanceColour(p[0]) : paper;

    const filled = fillings(svg, `dot-${++drawings}`);

    /** @param {Spot} spot @param {number} place */
    function drawDot(spot, place) {
        const {x, y} = moved(spot), p = chanceOfPlace(place), r = look.radius, fact = releasedBefore(result, result.places[place]) !== undefined;
        const shape = {class: 'place', 'data-name': result.places[place], fill: fact ? dotColour : filled(p), stroke: ink, 'stroke-width': 1.4};
        svg.append(result.lived_in[place] ? svgElement('circle', {...shape, cx: x, cy: y, r})
            : svgElement('path', {...shape, d: `M${x},${y - r * 1.15}L${x + r * 1.15},${y}L${x},${y + r * 1.15}L${x - r * 1.15},${y}Z`}));
        points.push({x, y, text: tellPlace(place, p)});
    }

    /** @param {Placed} placed */
    function drawName({shape, heart: inner, title: written, away}) {
        const heart = moved(inner), title = moved(written);
        // At the edge a name grows inwards.
        if (away) title.x = Math.min(title.x, width - Math.max(textWidth(view.name(shape.feature.properties.name), look.size, '600'), textWidth('>99 %', look.size)) / 2 - 4);
        const name = shape.feature.properties.name, p = chanceOfDistrict(result.districts.indexOf(name)), ground = away ? paper : fillOf(p);
        const text = {'text-anchor': 'middle', stroke: ground, 'stroke-width': 3, 'paint-order': 'stroke', fill: p && !away ? chanceInk(p[0]) : ink, 'font-size': look.size};
        if (away) svg.append(svgElement('path', {d: `M${heart.x},${heart.y} L${title.x},${title.y + look.size + 5}`, stroke: ink, fill: 'none', 'stroke-width': 1}));
        svg.append(label(title.x, title.y - 2, view.name(name), {...text, 'font-weight': 600}), label(title.x, title.y + look.size, p ? format.chance(p[0]) : '', text));
        points.push({x: heart.x, y: heart.y, text: tell(name, p)});
    }

    if (onMap.size) {
        const {shapes, placed} = layOut(view, map.features), sheet = svgElement('g', {transform: `translate(${left},0) scale(${scale})`});
        /** @param {string} d @param {Record<string, string | number>} dress */
        const draw = (d, dress) => sheet.append(svgElement('path', {d, 'vector-effect': 'non-scaling-stroke', ...dress}));
        svg.append(sheet);
        for (const shape of shapes.filter(s => !onMap.has(s.feature.properties.name))) draw(shape.outline, {fill: land, stroke: landEdge});
        for (const {shape} of placed) {
            const name = shape.feature.properties.name;
            draw(shape.outline, {class: 'district', 'data-name': name, fill: fillOf(chanceOfDistrict(result.districts.indexOf(name))), stroke: faint});
        }
        for (const {shape} of placed.filter(({shape}) => shape.specks)) { // over their own lines and their neighbours'
            const fill = fillOf(chanceOfDistrict(result.districts.indexOf(shape.feature.properties.name)));
            draw(shape.specks, {fill, stroke: fill, 'stroke-width': 2});
        }
        placed.forEach(drawName);
        for (const {shape, spots} of placed) {
            const district = result.districts.indexOf(shape.feature.properties.name);
            result.places.map((_, i) => i).filter(i => result.district_of[i] === district).forEach((place, n) => drawDot(spots[n], place));
        }
    }
    if (listed.length) {
        if (onMap.size || result.places.length) svg.append(label(4, mapHeight + 16, words.offMap, {'font-weight': 600}));
        listed.forEach(({name, i, district}, row) => {
            const y = mapHeight + 26 + row * tile, p = district ? chanceOfDistrict(i) : chanceOfPlace(i);
            svg.append(svgElement('rect', {class: district ? 'district' : 'place', 'data-name': name, x: 4, y, width: 74, height: tile - 4, fill: district ? fillOf(p) : paper, stroke: faint}),
                       label(88, y + 15, `${view.name(name)}${district && result.places.length ? ` (${words.district})` : ''}`));
            if (p && !district) svg.append(svgElement('rect', {x: 4, y: y + tile - 8, width: 74 * p[0] / 100, height: 4, fill: dotColour}));
            if (p) svg.append(label(41, y + (district ? 15 : 14), format.chance(p[0]), {'text-anchor': 'middle', fill: district ? chanceInk(p[0]) : ink}));
            points.push({x: 41, y: y + tile / 2, text: district ? tell(name, p) : tellPlace(i, p)});
        });
    }
    return {svg, points};
}
