const files = import.meta.glob<Record<string, unknown>>('./*.kk.json', { eager: true, import: 'default' });
export default Object.assign({}, ...Object.values(files));
