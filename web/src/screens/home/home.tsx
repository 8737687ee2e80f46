import { Page } from '../../frame/page';
import { later } from '../../parts/later';
import { language, t, type Key } from '../../words/words';

const QuotaStrip = later(() => import('../public/quota_strip'));
const FindCase = later(() => import('../public/find_case'));

interface Door {
  href: string;
  title: Key;
  text: Key;
}

/** In the order in which people come. What is done without scripts leads to the pages. */
function doors(): Door[] {
  const lang = `?lang=${language.value}`;
  return [
    { href: '/app/desk', title: 'home.employer', text: 'home.employer_text' },
    { href: '/app/desk', title: 'home.officer', text: 'home.officer_text' },
    { href: `/verify${lang}`, title: 'home.verify', text: 'home.verify_text' },
    { href: `/ask${lang}`, title: 'home.ask', text: 'home.ask_text' },
    { href: `/status${lang}`, title: 'home.status', text: 'home.status_text' },
    { href: '/app/law', title: 'home.law', text: 'home.law_text' },
  ];
}

export default function Home() {
  return (
    <Page title={t('home.title')} lead={<span class="then">{t('home.lead')}</span>}>
      <ul class="doors">
        {doors().map((door) => (
          <li key={door.title}>
            <a href={door.href} target={door.href.startsWith('/app') ? undefined : '_self'}>
              <h2 class="ds-heading" data-size="2xs">{t(door.title)}</h2>
              <p>{t(door.text)}</p>
            </a>
          </li>
        ))}
      </ul>
      <FindCase />
      <QuotaStrip />
    </Page>
  );
}
