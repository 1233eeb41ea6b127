// Elements are made here and nowhere else: text goes in as text, so no name of a scenario can become markup.

/** @typedef {Node | string | number | null | undefined | false} Child */

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string | boolean | ((event: any) => void)>} attributes a function is a listener: onclick
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function element(tag, attributes, ...children) {
    const made = document.createElement(tag);
    dress(made, attributes);
    for (const child of children) if (child !== null && child !== undefined && child !== false && child !== '') made.append(typeof child === 'number' ? String(child) : child);
    return made;
}

/**
 * @template {keyof SVGElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string | number>} attributes
 * @param {...(Node | string)} children
 * @returns {SVGElementTagNameMap[T]}
 */
export function svgElement(tag, attributes, ...children) {
    const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
    dress(made, attributes);
    made.append(...children);
    return made;
}

/** @param {Element} made @param {Record<string, any>} attributes */
function dress(made, attributes) {
    for (const [name, value] of Object.entries(attributes)) {
        if (typeof value === 'function') made.addEventListener(name.slice(2), value);
        else if (value === true) made.setAttribute(name, '');
        else if (value !== false && value !== '') made.setAttribute(name, String(value));
    }
}

/** @param {string} name @param {Blob | string} content @param {string} type */
export function save(name, content, type) {
    const url = URL.createObjectURL(new Blob([content], {type}));
    const link = element('a', {href: url, download: name});
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
}
