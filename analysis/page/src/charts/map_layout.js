// Where districts, their names and the dots of their places stand on the map: anywhere in the district, apart from
// each other, never where a place lies.
import {textWidth} from '../drawing.js';

/** @typedef {{type: 'Feature', properties: {name: string}, geometry: any}} Feature */
/** @typedef {{x: number, y: number}} Spot */
/** @typedef {number[][][]} Rings */
/** @typedef {{feature: Feature, outline: string, specks: string, area: number, box: number[][], rings: Rings}} Shape `specks`: its smallest parts */
/** @typedef {{shape: Shape, heart: Spot, title: Spot, away: boolean, spots: Spot[]}} Placed `away`: the name stands outside, at a line's end */

const parts = (/** @type {any} */ geometry) => geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;

/** Parts so small beside the largest that their outlines would look like the dots of places. @param {any[]} all @returns {any[]} */
function specksOf(all) {
    const areas = all.map(([ring]) => areaOf(ring));
    return all.filter((_, i) => areas[i] < 0.05 * Math.max(...areas));
}

/** The least box around points. @param {number[][]} points @returns {number[][]} */
const boxOf = points => points.reduce(([[left, top], [right, bottom]], [x, y]) => [[Math.min(left, x), Math.min(top, y)], [Math.max(right, x), Math.max(bottom, y)]], [[Infinity, Infinity], [-Infinity, -Infinity]]);

/** @param {number[][][][]} shapes */
const pathOf = shapes => shapes.flat().map(ring => `M${ring.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join('L')}Z`).join('');

/** @param {number[][]} ring */
const areaOf = ring => Math.abs(ring.reduce((sum, [x, y], i) => sum + (ring.at(i - 1) ?? ring[0])[0] * y - x * (ring.at(i - 1) ?? ring[0])[1], 0)) / 2;

/** Outlines in pixels. @param {Feature[]} features @param {number} width @param {number} height @returns {Shape[]} */
export function layOutShapes(features, width, height) {
    const all = features.flatMap(({geometry}) => parts(geometry).flat(2)), [[west, south], [east, north]] = boxOf(all);
    // So near to each other, districts need no more than degrees of longitude shortened by the latitude.
    const shorten = Math.cos((south + north) / 2 * Math.PI / 180);
    const scale = Math.min((width - 8) / ((east - west) * shorten || 1), (height - 12) / (north - south || 1));
    const left = (width - scale * (east - west) * shorten) / 2, top = (height - scale * (north - south)) / 2;
    const at = (/** @type {number[]} */ [x, y]) => [left + scale * shorten * (x - west), top + scale * (north - y)];
    return features.map(feature => {
        /** @type {number[][][][]} */
        const shape = parts(feature.geometry).map((/** @type {number[][][]} */ part) => part.map(ring => ring.map(at))), rings = shape.flat();
        return {
            feature, outline: pathOf(shape), specks: pathOf(specksOf(shape)), box: boxOf(rings.flat()), rings,
            area: shape.reduce((sum, [outer, ...holes]) => sum + areaOf(outer) - holes.reduce((gone, hole) => gone + areaOf(hole), 0), 0),
        };
    });
}

/** How far inside of the outline and outside of the holes; negative outside. @param {Rings} rings @param {Spot} spot */
function depth(rings, {x, y}) {
    let odd = false, nearest = Infinity;
    for (const ring of rings)
        for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
            const [xi, yi] = ring[i], [xj, yj] = ring[j], dx = xj - xi, dy = yj - yi;
            if (yi > y !== yj > y && x < dx * (y - yi) / dy + xi) odd = !odd;
            const along = Math.max(0, Math.min(1, ((x - xi) * dx + (y - yi) * dy) / (dx * dx + dy * dy || 1)));
            nearest = Math.min(nearest, (x - xi - along * dx) ** 2 + (y - yi - along * dy) ** 2);
        }
    return odd ? Math.sqrt(nearest) : -1;
}

/** Spots of a triangular grid. @param {number[][]} box @param {number} step */
function grid([[left, top], [right, bottom]], step) {
    const spots = [];
    for (let y = top + step / 2, odd = false; y < bottom; y += step * 0.87, odd = !odd)
        for (let x = left + (odd ? step : step / 2); x < right; x += step) spots.push({x, y});
    return spots;
}

/** Takes spots that keep away from each other, the nearer to the heart the better. @param {Spot[]} spots @param {number} count @param {Spot} heart */
function spread(spots, count, heart) {
    /** @type {Spot[]} */
    const taken = [];
    const left = [...spots];
    while (taken.length < count && left.length) {
        let best = 0, most = -Infinity;
        left.forEach((spot, i) => {
            const near = Math.min(...taken.map(t => Math.hypot(t.x - spot.x, t.y - spot.y)), 60);
            const score = near - 0.35 * Math.hypot(heart.x - spot.x, heart.y - spot.y);
            if (score > most) [best, most] = [i, score];
        });
        taken.push(...left.splice(best, 1));
    }
    return taken;
}

/**
 * @param {Shape} shape @param {Shape[]} all @param {string[]} names in all languages @param {number} count of places
 * @param {{size: number, radius: number, width: number}} look
 * @returns {Placed}
 */
export function placeInside(shape, all, names, count, {size, radius, width}) {
    // A smaller district that lies within this one is a hole of it.
    const rings = [...shape.rings, ...all.filter(other => other.area < shape.area && depth(shape.rings, {x: (other.box[0][0] + other.box[1][0]) / 2, y: (other.box[0][1] + other.box[1][1]) / 2}) > 0).flatMap(other => other.rings)];
    const wide = shape.box[1][0] - shape.box[0][0], half = Math.max(...names.map(name => textWidth(name, size, '600')), textWidth('>99 %', size)) / 2;
    let heart = {x: (shape.box[0][0] + shape.box[1][0]) / 2, y: (shape.box[0][1] + shape.box[1][1]) / 2}, most = -1;
    for (const spot of grid(shape.box, Math.max(1, wide / 24))) {
        // Names are wider than high: a spot with room to its sides is better.
        const room = Math.min(depth(rings, spot), depth(rings, {x: spot.x - half * 0.6, y: spot.y}) + half * 0.4, depth(rings, {x: spot.x + half * 0.6, y: spot.y}) + half * 0.4);
        if (room > most) [heart, most] = [spot, room];
    }
    const away = wide < half * 1.3;
    const title = away ? {x: width - half - 4, y: heart.y - size * 5} : heart;
    const clear = (/** @type {Spot} */ s) => away || Math.abs(s.x - heart.x) > half + radius + 2 || Math.abs(s.y - heart.y) > size * 1.25 + radius;
    const free = () => {
        for (const step of [2.6, 2.2, 1.7]) {
            const spots = grid(shape.box, radius * step).filter(s => clear(s) && depth(rings, s) > radius + 1.5);
            if (spots.length >= count) return spots;
        }
        const crowded = grid(shape.box, radius * 1.2).filter(s => depth(rings, s) > radius * 0.5);
        return [crowded.filter(clear), crowded].find(spots => spots.length >= count) ?? [];
    };
    const spots = spread(free(), count, heart);
    while (spots.length < count) spots.push(heart);
    return {shape, heart, title, away, spots};
}
