// Colours by what they mean; what they are by day and by night stands in palette.js.

/** @param {string} name */
const named = name => `var(--${name})`;

export const okabe = {
    black: named('black'), orange: named('orange'), sky: named('sky'), green: named('green'), yellow: named('yellow'), blue: named('blue'), vermillion: named('vermillion'), purple: named('purple'),
    violet: named('violet'), grey: named('grey'), pale: named('pale'),
};
export const ink = named('ink'), faint = named('faint'), rule = named('rule'), paper = named('paper'), land = named('land'), landEdge = named('land-edge');
/** Of bands of any kind, and of blue ones, in legends. */
export const band = named('band'), blueBand = named('blue-band');

/** Of what fills the dots of places. */
export const dotColour = named('vermillion');

const bounds = [10, 33, 66, 90];

/** @param {number} percent */
export const classOf = percent => bounds.filter(bound => percent >= bound).length;
/** @param {number} percent */
export const chanceColour = percent => named(`chance-${classOf(percent)}`);
/** @param {number} percent */
export const chanceInk = percent => named(`chance-ink-${classOf(percent)}`);
export const chanceClasses = [0, 1, 2, 3, 4].map(i => named(`chance-${i}`));

/** By the labels of the model. @type {Record<string, {colour: string, texture?: string}>} */
const known = {
    remaining: {colour: okabe.grey}, cancelled: {colour: okabe.sky}, reduced: {colour: okabe.blue}, mine_cleared: {colour: okabe.vermillion}, battle_area_cleared: {colour: okabe.orange},
    access: {colour: okabe.black}, conflict: {colour: okabe.grey}, 'survey queue': {colour: okabe.sky}, 'technical survey': {colour: okabe.blue}, money: {colour: okabe.vermillion},
    'manual teams': {colour: okabe.green}, dogs: {colour: okabe.green, texture: 'stripes'}, machines: {colour: okabe.green, texture: 'dots'}, 'battle area teams': {colour: okabe.orange},
    season: {colour: okabe.yellow}, 'QC and rework': {colour: okabe.purple}, housing: {colour: okabe.pale},
    survey: {colour: okabe.sky}, clearance: {colour: okabe.blue}, quality: {colour: okabe.purple}, standby: {colour: okabe.vermillion}, moves: {colour: okabe.yellow},
    training: {colour: okabe.green}, purchase: {colour: okabe.orange}, overhead: {colour: okabe.pale}, 'policy measures': {colour: okabe.black}, 'victim aid': {colour: okabe.violet}, building: {colour: okabe.grey},
    spent: {colour: okabe.blue}, lapsed: {colour: okabe.vermillion}, returned: {colour: okabe.orange}, dropped: {colour: okabe.black}, held: {colour: okabe.pale},
};
const spare = [okabe.blue, okabe.orange, okabe.green, okabe.purple, okabe.sky, okabe.vermillion, okabe.yellow, okabe.grey];

/** @param {string} label @param {number} position among its kind, for labels that are not known @returns {{colour: string, texture?: string}} */
export function colourOf(label, position) {
    return Object.hasOwn(known, label) ? known[label] : {colour: spare[position % spare.length]};
}
