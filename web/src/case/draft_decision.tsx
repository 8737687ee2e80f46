import { useData } from '../api/data';
import { api, type Schemas } from '../api/client';
import { lawScreen } from '../api/law_screen';
import { outcome } from '../api/problem';
import { formatDate, t } from '../words/words';
import type { ActionCheck, CaseData } from './case_data';

type Check = Schemas['Sheet'];

async function sheetIn(id: string, lang: string) {
  return outcome(api.GET('/api/v1/cases/{case}/sheet', { params: { path: { case: id }, query: { lang, purpose: 'draft of the decision' } } }));
}

/** So many facts are told where the law does not say which. */
const factsMax = 6;

interface TextProps {
  lang: string;
  name: string;
  check: ActionCheck;
  sheet: Check;
  data: CaseData;
  told: readonly string[];
}

function Text({ lang, name, check, sheet, data, told: paths }: TextProps) {
  const mine = sheet.checks.find((one) => one.own && one.action === check.action) ?? check;
  const fact = (path: string) => sheet.facts.find((row) => row.path === path);
  const told = paths.flatMap((path) => fact(path) ?? []);
  const ofRequirements = mine.requirements.flatMap((one) => one.by ?? []);
  const ofGrounds = mine.grounds.flatMap((one) => (one.why ?? []).flatMap((line) => line.by));
  const cites = [...new Set([...mine.by, ...ofRequirements, ...ofGrounds].map((cite) => cite.text))];
  return (
    <article class="letter" lang={lang}>
      <p class="letter__head">{name} · {data.seen.case.id} · {formatDate(data.sheet.today)}</p>
      <h4>{mine.letters[0]?.title ?? mine.label}</h4>
      {mine.letters.flatMap((one) => one.paragraphs).map((paragraph) => <p key={paragraph}>{paragraph}</p>)}
      <dl class="letter__facts">{(told.length > 0 ? told : sheet.facts.slice(0, factsMax)).map((row) => <div key={row.path}><dt>{row.label}</dt><dd>{row.value}</dd></div>)}</dl>
      {mine.grounds.flatMap((one) => one.members ?? []).length > 0 && <ul>{mine.grounds.flatMap((one) => one.members ?? []).map((one) => <li key={one.code}>{one.label}</li>)}</ul>}
      {mine.requirements.map((one) => <p key={one.label}>{one.label}{one.state === 'met' ? ' ✓' : one.state === 'unmet' ? ' ✕' : ' ?'}</p>)}
      {mine.charges.filter((one) => one.amount).map((one) => <p key={one.label}>{one.label}: <b>{one.amount}</b></p>)}
      {cites.length > 0 && <p class="small quiet">{cites.join(' · ')}</p>}
    </article>
  );
}

/** The decision as it would read, in the State language and in Russian side by side: made of the law's own labels, facts and articles. */
export default function Draft({ data, check }: { data: CaseData; check: ActionCheck }) {
  const id = data.seen.case.id;
  const both = useData(async () => {
    const [kk, ru, screen] = await Promise.all([sheetIn(id, 'kk'), sheetIn(id, 'ru'), lawScreen('decision')]);
    if (!kk.ok) return kk;
    if (!ru.ok) return ru;
    return { ok: true as const, data: { kk: kk.data, ru: ru.data, told: screen.ok ? screen.data.facts('told') : [] }, response: ru.response };
  }, [id, data.seen.case.version]);
  if (both.data === undefined) return null;
  return (
    <details class="draft" open={check.requirements.length + check.grounds.length + check.charges.length > 0}>
      <summary>{t('office.draft')}</summary>
      <div class="letters">
        <Text lang="kk" name="Қазақша" check={check} sheet={both.data.kk} data={data} told={both.data.told} />
        <Text lang="ru" name="Русский" check={check} sheet={both.data.ru} data={data} told={both.data.told} />
      </div>
    </details>
  );
}
