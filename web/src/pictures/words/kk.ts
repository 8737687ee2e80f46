import type { PictureWords } from '../words';

export const kk: PictureWords = {
  frame: { table: 'Кесте түрінде', csv: 'CSV жүктеп алу', today: 'бүгін', none: 'ештеңе' },
  quota: {
    name: 'Квота орындары', used: 'Қолданыстағы рұқсаттар алған', held: 'Өтініштер үшін ұсталған', free: 'Бос',
    reserve: 'Өңірлерге әлі берілмеген', limit: 'Барлығы', kind: 'Не', places: 'Орын', empty: 'Мұнда квота жоқ.',
    sentence: (say, { limit, used, held, free, reserve = 0 }) =>
      `${say.number(limit)} орынның ${say.number(used)} орны алынған, ${say.number(held)} орны өтініштер үшін ұсталған, ${say.number(free)} орны бос` +
      (reserve > 0 ? `; тағы ${say.number(reserve)} орын резервте тұр.` : '.'),
  },
  gauge: {
    name: 'Жергілікті кадрлардың үлесі', local: 'Жергілікті қызметкерлер', foreign: 'Шетелдік қызметкерлер', least: 'Ең төменгі үлес', group: 'Кім',
    people: 'Адам',
    atLeast: (say, least) => `кемінде ${say.percent(least, 100)}`,
    sentence: (say, { local, foreign, least, mayHire }) =>
      `${say.number(local + foreign)} адамның ${say.percent(local, local + foreign)} жергілікті; заң кемінде ${say.percent(least, 100)} талап етеді.` +
      (mayHire === undefined ? ''
        : mayHire > 0 ? ` Шетелден тағы ${say.number(mayHire)} адам жалдауға болады.` : ' Шетелден енді ешкімді жалдауға болмайды.'),
    nobody: 'Бұл топта әзірге ешкім жұмыс істемейді.',
  },
  expiry: {
    name: 'Ненің мерзімі қашан бітеді', what: 'Не', until: 'Дейін', left: 'Қалған күн', past: 'мерзімі өтті',
    days: (say, n) => `${say.number(n)} күн`,
    sentence: (say, { count, soon, past, next }) =>
      `${say.number(count)} жазба: ${say.number(past)} жазбаның мерзімі өтті, ${say.number(soon)} жазбаның мерзімі 30 күн ішінде бітеді` +
      (next ? `; келесісі: ${next.label}, ${say.date(next.until)}.` : '.'),
    empty: 'Мұнда мерзімі бітетін ештеңе жоқ.',
  },
  stay: {
    name: 'Елде болған күндер', present: 'Елде', planned: 'Жоспарланған', away: 'Шетелде', from: 'Бастап', until: 'Дейін', days: 'Күн', kind: 'Не',
    sentence: (say, { used, allowed, window, planned }) =>
      `Соңғы ${say.number(window)} күнде рұқсат етілген ${say.number(allowed)} күннің ${say.number(used)} күнінде осында болдыңыз; ` +
      `${say.number(Math.max(0, allowed - used))} күн қалды.` + (planned > 0 ? ` Сынап көрген сапар ${say.number(planned)} күн алады.` : ''),
    tooLong: (say, over) => `Бұл рұқсат етілгеннен ${say.number(over)} күн артық.`,
  },
  tiles: {
    name: 'Өңірлер', region: 'Өңір', value: 'Орын', share: 'Алынған', nothing: 'квота жоқ', scale: 'Алынған және ұсталған орындардың үлесі',
    sentence: (say, { regions, most, least }) =>
      `${say.number(regions)} өңірде орын бар` + (most ? `; ең көп алынғаны: ${most.name}, ${say.percent(most.used, most.limit)}` : '') +
      (least && least.name !== most?.name ? `, ең азы: ${least.name}, ${say.percent(least.used, least.limit)}.` : '.'),
    empty: 'Ешбір өңірде орын жоқ.',
  },
  burn: {
    name: 'Жыл бойы алынған орындар', week: 'Апта', limit: 'Квота',
    thisYear: (year) => `${year}`, lastYear: (year) => `${year}`,
    sentence: (say, { year, week, used, limit, before, beforeLimit }) =>
      `${year} жылдың ${week}-аптасына қарай ${say.number(used)} орын, квотаның ${say.percent(used, limit)} алынды; ` +
      `бір жыл бұрын ${say.number(before)}, ${say.percent(before, beforeLimit)} болған.`,
    noLast: (say, { year, week, used, limit }) =>
      `${year} жылдың ${week}-аптасына қарай ${say.number(used)} орын, квотаның ${say.percent(used, limit)} алынды; алдыңғы жыл туралы дерек жоқ.`,
    empty: 'Бұл жылы жазба болған жоқ.',
  },
  ageing: {
    name: 'Кезекте қанша уақыт қалды',
    bins: { late: 'кешіккен', today: 'бүгін', two: '1–2 күн', five: '3–5 күн', ten: '6–10 күн', later: 'кейін', none: 'мерзімсіз' },
    when: 'Қалған уақыт', cases: 'Іс',
    sentence: (say, { all, late, soon }) =>
      `${say.number(all)} іс күтіп тұр: ${say.number(late)} іс кешікті, ${say.number(soon)} істі екі күн ішінде шешу керек.`,
    empty: 'Күтіп тұрған іс жоқ.',
  },
  norm: {
    name: 'Норма уақыт бойынша', rule: 'Ереже', from: 'Бастап', until: 'Дейін', by: 'Негіз', always: 'әрқашан', exception: 'ерекше жағдай',
    now: 'күшінде', condition: 'егер',
    sentence: (say, { rules, inForce, on }) => `${say.number(rules)} ереженің ${say.date(on)} күні ${say.number(inForce)} ережесі күшінде.`,
    empty: 'Бұл норманың ережесі жоқ.',
  },
  rules: {
    name: 'Заң бұл іс туралы не дейді', holds: 'орындалды', fails: 'орындалмады', open: 'шешілмеген', overruled: 'ығыстырылған', rule: 'Ереже',
    verdict: 'Нәтиже', article: 'Бап',
    sentence: (say, { all, holds, fails, open }) =>
      `${say.number(all)} ереженің ${say.number(holds)} ережесі орындалды, ${say.number(fails)} ережесі орындалмады, ${say.number(open)} ережесі шешілмеген.`,
    empty: 'Әзірге ешбір ереже іске қосылған жоқ.', openAll: 'Бәрін ашу', closeAll: 'Бәрін жабу',
  },
  states: {
    name: 'Істің жолы', from: 'Қайдан', to: 'Қайда', act: 'Әрекет', here: 'қазір осында', end: 'соңы',
    sentence: (say, { current, next, isFinal }) =>
      isFinal ? `Іс аяқталды: «${current}».` : `Іс «${current}» қадамында; одан әрі ${say.number(next)} әрекет бар.`,
    whole: (say, { states, final }) => `${say.number(states)} күй, іс олардың ${say.number(final)} күйінде аяқталады.`,
  },
  needs: {
    name: 'Қажеттіліктер: бұрын және қазір', need: 'Қажеттілік', before: 'Бұрын', after: 'Қазір',
    scale: (say, most) => `0 – жоқ, ${say.number(most)} – үлкен`,
    sentence: (say, { all, better, worse, same }) =>
      `${say.number(all)} қажеттіліктің ${say.number(better)} азайды, ${say.number(worse)} артты, ${say.number(same)} өзгермеді.`,
    empty: 'Қажеттілік белгіленбеген.',
  },
};
