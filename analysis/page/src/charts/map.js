// The districts, coloured by the probability of their completion; places as dots in their district.
import {canvas, label} from '../drawing.js';
import {svgElement} from '../element.js';
import {chanceColour, chanceInk, faint, ink, paper} from '../colours.js';
import {layOutShapes, placeInside} from './map_layout.js';
import {parseDay} from '../format.js';

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

/** Dates do not move anything, so a layout is kept. @type {Map<string, Layout>} */
const kept = new Map();

/** @param {View} view @param {Feature[]} features @param {number} width @param {number} height @param {{size: number, radius: number}} look */
function layOut(view, features, width, height, look) {
    const {result} = view, key = `${result.digest} ${width} ${view.format.language}`;
    const found = kept.get(key);
    if (found) return found;
    const shapes = layOutShapes(features, width, height);
    const placed = shapes.filter(shape => result.districts.includes(shape.feature.properties.name)).sort((a, b) => b.area - a.area).map(shape => {
        const district = result.districts.indexOf(shape.feature.properties.name);
        return placeInside(shape, shapes, view.name(shape.feature.properties.name), result.district_of.filter(d => d === district).length, {...look, width});
    });
    kept.set(key, {shapes, placed});
    return {shapes, placed};
}

/** @param {View} view @param {{features: Feature[]}} map @param {number} width */
export function drawMap(view, map, width) {
    const {result, words, format} = view;
    const onMap = new Set(map.features.map(feature => feature.properties.name).filter(name => result.districts.includes(name)));
    const mapHeight = onMap.size ? Math.min(width * 0.98, 640) : 0;
    const listed = [...result.districts.map((name, i) => ({name, i, district: true})).filter(({name}) => !onMap.has(name)),
                    ...result.places.map((name, i) => ({name, i, district: false})).filter(({i}) => !onMap.has(result.districts[result.district_of[i] ?? -1]))];
    const tile = 26, small = width < 520, look = {size: small ? 10.5 : 12.5, radius: small ? 4.5 : 6};
    const svg = canvas(width, Math.max(60, mapHeight + (listed.length ? 28 + listed.length * tile : 0)));
    /** @type {import('../types.js').Point[]} */
    const points = [];

    /** @param {string} name @param {Chance} p */
    const tell = (name, p) => p ? words.chanceOf(view.name(name), format.chance(p[0]), format.percent(p[1]), format.percent(p[2])) : view.name(name);
    const tellPlace = (/** @type {number} */ i, /** @type {Chance} */ p) => {
        const day = releasedBefore(result, result.places[i]);
        return day !== undefined ? words.releasedFact(view.name(result.places[i]), format.day(parseDay(day))) : tell(result.places[i], p);
    };
    const chanceOfDistrict = (/** @type {number} */ i) => chance(result, result.counts.district_completion_day, i, view.month);
    const chanceOfPlace = (/** @type {number} */ i) => chance(result, result.counts.place_release_day, i, view.month);
    const fillOf = (/** @type {Chance} */ p) => p ? chanceColour(p[0]) : paper;

    /** @param {Spot} spot @param {number} place */
    function drawDot({x, y}, place) {
        const p = chanceOfPlace(place), r = look.radius, shape = {class: 'place', 'data-name': result.places[place], fill: fillOf(p), stroke: ink, 'stroke-width': 1.2};
        svg.append(result.lived_in[place] ? svgElement('circle', {...shape, cx: x, cy: y, r})
            : svgElement('rect', {...shape, x: x - r * 0.8, y: y - r * 0.8, width: r * 1.6, height: r * 1.6, transform: `rotate(45 ${x} ${y})`}));
        points.push({x, y, text: tellPlace(place, p)});
    }

    /** @param {Placed} placed */
    function drawName({shape, heart, title, away}) {
        const name = shape.feature.properties.name, p = chanceOfDistrict(result.districts.indexOf(name)), ground = away ? paper : fillOf(p);
        const text = {'text-anchor': 'middle', stroke: ground, 'stroke-width': 3, 'paint-order': 'stroke', fill: p && !away ? chanceInk(p[0]) : ink, 'font-size': look.size};
        if (away) svg.append(svgElement('path', {d: `M${heart.x},${heart.y} L${title.x},${title.y + look.size + 5}`, stroke: ink, fill: 'none', 'stroke-width': 1}));
        svg.append(label(title.x, title.y - 2, view.name(name), {...text, 'font-weight': 600}), label(title.x, title.y + look.size, p ? format.chance(p[0]) : '', text));
        points.push({x: heart.x, y: heart.y, text: tell(name, p)});
    }

    if (onMap.size) {
        const {shapes, placed} = layOut(view, map.features, width, mapHeight, look);
        for (const shape of shapes.filter(s => !onMap.has(s.feature.properties.name))) svg.append(svgElement('path', {d: shape.outline, fill: '#f3f4f5', stroke: '#c6ccd2'}));
        for (const {shape} of placed) {
            const name = shape.feature.properties.name;
            svg.append(svgElement('path', {class: 'district', 'data-name': name, d: shape.outline, fill: fillOf(chanceOfDistrict(result.districts.indexOf(name))), stroke: faint}));
        }
        for (const {shape} of placed.filter(({shape}) => shape.specks)) { // over their own lines and their neighbours'
            const fill = fillOf(chanceOfDistrict(result.districts.indexOf(shape.feature.properties.name)));
            svg.append(svgElement('path', {d: shape.specks, fill, stroke: fill, 'stroke-width': 2}));
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
            svg.append(svgElement('rect', {class: district ? 'district' : 'place', 'data-name': name, x: 4, y, width: 74, height: tile - 4, fill: fillOf(p), stroke: faint}),
                       label(88, y + 15, `${view.name(name)}${district && result.places.length ? ` (${words.district})` : ''}`));
            if (p) svg.append(label(41, y + 15, format.chance(p[0]), {'text-anchor': 'middle', fill: chanceInk(p[0])}));
            points.push({x: 41, y: y + tile / 2, text: district ? tell(name, p) : tellPlace(i, p)});
        });
    }
    return {svg, points};
}
