import type { PictureWords } from '../words';

export const ru: PictureWords = {
  frame: { table: 'То же таблицей', csv: 'Скачать CSV', today: 'сегодня', none: 'ничего' },
  quota: {
    name: 'Места квоты', used: 'Заняты действующими разрешениями', held: 'Удержаны за заявлениями', free: 'Свободны',
    reserve: 'Ещё не переданы регионам', limit: 'Всего', kind: 'Что', places: 'Мест', empty: 'Квоты здесь нет.',
    sentence: (say, { limit, used, held, free, reserve = 0 }) =>
      `Из ${say.number(limit)} ${say.plural(limit, 'места', 'мест', 'мест')} занято ${say.number(used)}, удержано за заявлениями ${say.number(held)}, ` +
      `свободно ${say.number(free)}` +
      (reserve > 0 ? `; ещё ${say.number(reserve)} ${say.plural(reserve, 'место', 'места', 'мест')} в резерве.` : '.'),
  },
  gauge: {
    name: 'Доля местных кадров', local: 'Местные работники', foreign: 'Иностранные работники', least: 'Наименьшая доля', group: 'Кто', people: 'Человек',
    atLeast: (say, least) => `не менее ${say.percent(least, 100)}`,
    sentence: (say, { local, foreign, least, mayHire }) =>
      `Из ${say.number(local + foreign)} ${say.plural(local + foreign, 'человека', 'человек', 'человек')} местных ${say.percent(local, local + foreign)}; ` +
      `закон требует не менее ${say.percent(least, 100)}.` +
      (mayHire === undefined ? ''
        : mayHire > 0 ? ` Можно нанять из-за рубежа ещё ${say.number(mayHire)}.` : ' Нанять из-за рубежа больше никого нельзя.'),
    nobody: 'В этой группе пока никто не работает.',
  },
  expiry: {
    name: 'Что и когда истекает', what: 'Что', until: 'До', left: 'Осталось дней', past: 'истекло',
    days: (say, n) => `${say.number(n)} ${say.plural(n, 'день', 'дня', 'дней')}`,
    sentence: (say, { count, soon, past, next }) =>
      `${say.number(count)} ${say.plural(count, 'позиция', 'позиции', 'позиций')}: истекло ${say.number(past)}, в ближайшие 30 дней истекает ${say.number(soon)}` +
      (next ? `; следующее — ${next.label}, ${say.date(next.until)}` : '.'),
    empty: 'Здесь ничего не истекает.',
  },
  stay: {
    name: 'Дни в стране', present: 'В стране', planned: 'Планируется', away: 'За рубежом', from: 'С', until: 'По', days: 'Дней', kind: 'Что',
    sentence: (say, { used, allowed, window, planned }) =>
      `За последние ${say.number(window)} ${say.plural(window, 'день', 'дня', 'дней')} вы были здесь ${say.number(used)} из ${say.number(allowed)} ` +
      `разрешённых; осталось ${say.number(Math.max(0, allowed - used))}.` +
      (planned > 0 ? ` Пробная поездка займёт ${say.number(planned)} ${say.plural(planned, 'день', 'дня', 'дней')}.` : ''),
    tooLong: (say, over) => `Это на ${say.number(over)} ${say.plural(over, 'день', 'дня', 'дней')} больше разрешённого.`,
  },
  tiles: {
    name: 'Регионы', region: 'Регион', value: 'Мест', share: 'Занято', nothing: 'нет квоты', scale: 'Доля занятых и удержанных мест',
    sentence: (say, { regions, most, least }) =>
      `Места есть в ${say.number(regions)} ${say.plural(regions, 'регионе', 'регионах', 'регионах')}` +
      (most ? `; больше всего занято: ${most.name}, ${say.percent(most.used, most.limit)}` : '') +
      (least && least.name !== most?.name ? `, меньше всего: ${least.name}, ${say.percent(least.used, least.limit)}.` : '.'),
    empty: 'Ни в одном регионе мест нет.',
  },
  burn: {
    name: 'Занятые места в течение года', week: 'Неделя', limit: 'Квота',
    thisYear: (year) => `${year}`, lastYear: (year) => `${year}`,
    sentence: (say, { year, week, used, limit, before, beforeLimit }) =>
      `К ${week}-й неделе ${year} года занято ${say.number(used)} ${say.plural(used, 'место', 'места', 'мест')}, ${say.percent(used, limit)} квоты; ` +
      `годом ранее было ${say.number(before)}, ${say.percent(before, beforeLimit)}.`,
    noLast: (say, { year, week, used, limit }) =>
      `К ${week}-й неделе ${year} года занято ${say.number(used)} ${say.plural(used, 'место', 'места', 'мест')}, ${say.percent(used, limit)} квоты; ` +
      'о предыдущем годе сведений нет.',
    empty: 'В этом году проводок не было.',
  },
  ageing: {
    name: 'Сколько времени осталось у очереди',
    bins: { late: 'просрочены', today: 'сегодня', two: '1–2 дня', five: '3–5 дней', ten: '6–10 дней', later: 'позже', none: 'без срока' },
    when: 'Осталось', cases: 'Дел',
    sentence: (say, { all, late, soon }) =>
      `${say.plural(all, 'Ожидает', 'Ожидают', 'Ожидают')} ${say.number(all)} ${say.plural(all, 'дело', 'дела', 'дел')}: просрочено ${say.number(late)}, ` +
      `решить за два дня нужно ${say.number(soon)}.`,
    empty: 'Дел в ожидании нет.',
  },
  norm: {
    name: 'Норма во времени', rule: 'Правило', from: 'С', until: 'По', by: 'Основание', always: 'всегда', exception: 'исключение', now: 'действует',
    condition: 'если',
    sentence: (say, { rules, inForce, on }) =>
      `Из ${say.number(rules)} ${say.plural(rules, 'правила', 'правил', 'правил')} на ${say.date(on)} ` +
      `${say.plural(inForce, 'действует', 'действуют', 'действуют')} ${say.number(inForce)}.`,
    empty: 'У этой нормы нет правил.',
  },
  rules: {
    name: 'Что закон говорит об этом деле', holds: 'выполнено', fails: 'не выполнено', open: 'не решено', overruled: 'вытеснено', rule: 'Правило',
    verdict: 'Итог', article: 'Статья',
    sentence: (say, { all, holds, fails, open }) =>
      `Из ${say.number(all)} ${say.plural(all, 'правила', 'правил', 'правил')} выполнено ${say.number(holds)}, не выполнено ${say.number(fails)}, ` +
      `не решено ${say.number(open)}.`,
    empty: 'Ни одно правило ещё не сработало.', openAll: 'Раскрыть всё', closeAll: 'Свернуть всё',
  },
  states: {
    name: 'Путь дела', from: 'Из', to: 'В', act: 'Действие', here: 'сейчас здесь', end: 'конец',
    sentence: (say, { current, next, isFinal }) =>
      isFinal ? `Дело завершено: «${current}».`
        : `Дело на шаге «${current}»; дальше ${say.plural(next, 'ведёт', 'ведут', 'ведут')} ${say.number(next)} ` +
          `${say.plural(next, 'действие', 'действия', 'действий')}.`,
    whole: (say, { states, final }) =>
      `${say.number(states)} ${say.plural(states, 'состояние', 'состояния', 'состояний')}, в ${say.number(final)} из них дело завершается.`,
  },
  needs: {
    name: 'Потребности до и после', need: 'Потребность', before: 'До', after: 'Сейчас', scale: (say, most) => `0 — нет, ${say.number(most)} — большая`,
    sentence: (say, { all, better, worse, same }) =>
      `Из ${say.number(all)} ${say.plural(all, 'потребности', 'потребностей', 'потребностей')} уменьшилось ${say.number(better)}, ` +
      `выросло ${say.number(worse)}, не изменилось ${say.number(same)}.`,
    empty: 'Потребности не отмечены.',
  },
};
