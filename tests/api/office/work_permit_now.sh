#!/bin/sh
# The path of a permit to employ foreign workers under the present law, in 2025 and 2026: quota, search on the domestic market,
# application, fee, permit, another worker in a place, extension, end; and what is refused on the way.
. "$(dirname "$0")/steps.sh"

office init --test-clock
account ministry 'Ministry of Labour' --role ministry
account almaty 'Local executive body, Almaty' --role akimat:KZ-75 --role centre:KZ-75
account astana 'Local executive body, Astana' --role akimat:KZ-71
account treasury Treasury --role treasury
account steppe 'Steppe Build LLP' --role employer:120340000718
account late 'Late Build LLP' --role employer:050640005358

on 2025-01-05
quota 2025 KZ-75 second 2

# The search: posted, everybody interviewed, everybody told why not.
on 2025-02-16
search=$(opened steppe market_test)
refused steppe 'Being prepared' act "$search" finish
by steppe facts "$search" 'employer.name=Steppe Build LLP' occupation=2142 region=KZ-75 headcount=2 'post_requirements=A degree' wage_offered=450000
by steppe act "$search" post
by almaty/centre act "$search" refer 'referred_name=Yerlan Tulegenov'
by steppe facts "$search" 'applicants=[{"full_name":"Yerlan Tulegenov","interviewed_on":"2025-02-20","refusal_reason":null}]'
on 2025-02-20
refused steppe 'Each refusal needs its reason' act "$search" finish
by steppe facts "$search" 'applicants=[{"full_name":"Yerlan Tulegenov","interviewed_on":"2025-02-20","refusal_reason":"No degree"}]'
on 2025-03-04
by steppe act "$search" finish
stands steppe "$search" searched

# The application.
on 2025-03-06
permit=$(opened steppe work_permit)
refused steppe 'In which economic activity' act "$permit" submit
"$KOSHI" case facts "$permit" --facts - --as steppe --on "$DAY" --data "$DATA" --keys "$KEYS" <<'FACTS'
{"category": "second", "sector": "F", "occupation": "2142", "region": "KZ-75", "headcount": 2, "term_months": 12, "territories": 1,
 "employer": {"name": "Steppe Build LLP", "kind": "company", "size": "large", "citizens_upper": 20, "foreigners_upper": 1},
 "workers": [{"person": {"full_name": "Mehmet Aydin", "nationality": "TR", "passport_number": "U10234567"}, "qualification": "engineer"},
             {"person": {"full_name": "Igor Petrov", "nationality": "RU", "passport_number": "750012345"}, "qualification": "engineer"}]}
FACTS
refused steppe 'Letter of the employer' act "$permit" submit
attached steppe "$permit" application worker_data employer_letter education_documents local_content passport_copy
refused steppe 'Citizens of Kazakhstan and of the Union need no permit' act "$permit" submit
by steppe facts "$permit" 'workers=[{"person":{"full_name":"Mehmet Aydin","nationality":"TR","passport_number":"U10234567"},"qualification":"engineer"},{"person":{"full_name":"Ayla Demir","nationality":"TR","passport_number":"U10234568"},"qualification":"engineer"}]'
refused almaty 'There is no such case' show "$permit"
# Sent twice with one key, it is done once; what an older version shows is not acted on.
version=$(by steppe show "$permit" | cut -d' ' -f3)
by steppe act "$permit" submit --key permit-1 --version "$version"
by steppe act "$permit" submit --key permit-1 --version "$version"
refused steppe 'The case has moved on' act "$permit" withdraw --version "$version"
stands steppe "$permit" examined

# The last places are taken: another employer waits.
other=$(opened late work_permit)
by late facts "$other" category=second sector=F occupation=2142 region=KZ-75 headcount=1 term_months=12 territories=1 \
  'employer.name=Late Build LLP' employer.kind=company employer.size=large employer.citizens_upper=20 employer.foreigners_upper=1 \
  'workers=[{"person":{"full_name":"Li Wei","nationality":"CN","passport_number":"E50011223"},"qualification":"engineer"}]'
attached late "$other" application worker_data employer_letter education_documents local_content passport_copy
refused late 'A place in the quota of the region must be left' act "$other" submit
by late act "$other" submit_without_place
refused almaty 'must be left for each worker' act "$other" take_place
by almaty act "$other" refuse_for_quota
stands late "$other" refused

# The decision: by the region of the case, with the facts that it asks, and not by the party.
refused astana 'There is no such case' act "$permit" grant
refused steppe 'Grant' act "$permit" grant
refused almaty 'Were documents or data found to be false' act "$permit" grant
by almaty act "$permit" examine documents_false=no qualification_fits=yes
refused almaty 'There must be a ground for refusal' act "$permit" refuse
by almaty act "$permit" grant
on 2025-03-12
refused almaty 'Issue the permit' act "$permit" issue
by treasury act "$permit" pay payment_reference=PO-31
by almaty act "$permit" issue
stands steppe "$permit" in_force

# Another person in a worker's place: the same post, not another one.
on 2025-06-01
by steppe act "$permit" ask_replacement 'replacement.person.full_name=Ayla Demir' replacement.contract_ended=2025-05-20 'replacement.new_name=Emre Kaya' \
  replacement.new_category=second replacement.new_occupation=2142
refused almaty 'Something must stand against the replacement' act "$permit" refuse_replacement replacement.new_qualification_proved=yes
by almaty act "$permit" approve_replacement replacement.new_qualification_proved=yes

# The extension: in its window, with a place of the new year.
on 2025-11-02
by steppe act "$permit" begin_extension term_months=12
refused steppe 'in its window' act "$permit" file_extension
on 2026-01-05
quota 2026 KZ-75 second 2
on 2026-01-20
by steppe act "$permit" file_extension
by almaty act "$permit" grant_extension documents_false=no qualification_fits=yes
on 2026-01-25
by treasury act "$permit" pay_extension payment_reference=PO-32
stands steppe "$permit" in_force

# The clock: nothing before the last day has passed, once after it.
office sweep --on 2027-03-12
stands steppe "$permit" in_force
office sweep --on 2027-03-13
stands steppe "$permit" expired
in_order
