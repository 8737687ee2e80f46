const files = import.meta.glob<Record<string, unknown>>('./*.ru.json', { eager: true, import: 'default' });
export default Object.assign({}, ...Object.values(files));
