#!/bin/sh
# The path of a permit in the regime of the sources (Decree 836): search in three ways, eight documents, special conditions, the certified
# list with its deposits, a changed list, suspension, end; what was left undone stands against the next application.
. "$(dirname "$0")/steps.sh"

office init --test-clock
account ministry 'Ministry of Labour' --role ministry
account government Government --role government
account almaty 'Local executive body, Almaty' --role akimat:KZ-75 --role centre:KZ-75
account orda 'Orda Holding LLP' --role employer:050640005358
account guest 'Guest Build LLP' --role employer:120340000718

on 2009-01-05
quota 2009 KZ-75 second 1

on 2009-05-04
search=$(opened orda market_test_2001)
by orda facts "$search" 'employer.name=Orda Holding LLP' occupation=2142 region=KZ-75 headcount=1 'post_requirements=A degree' wage_offered=200000 \
  foreign_bank_head=no seasonal_agreement=no
by orda act "$search" post
refused orda 'certificate of the regional vacancy database' act "$search" finish
by orda facts "$search" announced=2009-05-10 'applicants=[{"full_name":"Zarina Bekova","interviewed_on":"2009-05-20","refusal_reason":"No degree"}]'
on 2009-06-01
by almaty/centre act "$search" certify_region
on 2009-06-15
by orda act "$search" finish
stands orda "$search" searched

permit=$(opened orda work_permit_2001)
by orda facts "$permit" category=second occupation=2142 region=KZ-75 headcount=1 term_months=12 earlier_permits=no foreign_bank_head=no seasonal_agreement=no \
  language_required=yes vacancy_posted=2009-05-04 applicants_interviewed=yes citizens_refused=yes regional_search=2009-06-01 announced=2009-05-10
refused orda 'Result of the search in the republican database' act "$permit" submit
attached orda "$permit" application requirements number_grounds regional_certificate newspapers republican_search requirements_grounds refusals
by orda act "$permit" submit
refused guest 'There is no such case' act "$permit" withdraw
refused almaty 'Do education and experience of the workers' act "$permit" grant conditions_due=2
by almaty act "$permit" examine qualification_fits=yes employer.special_conditions_unmet=no
by almaty act "$permit" grant conditions_due=2
stands orda "$permit" granted

# The permit takes effect with the certified list, and the list wants the deposits for the return.
refused orda 'Workers on the list' act "$permit" file_list
list() {
  by orda facts "$permit" "workers=[{\"person\":{\"full_name\":\"Xavier Young\",\"born\":\"1980-01-01\",\"nationality\":\"TR\",\"education\":\"higher\"},\"home_country\":\"TR\",\"departure_country\":\"TR\",\"qualification\":\"engineer\",\"occupation\":\"2142\",\"contract_from\":\"2009-07-01\",\"deposit_paid\":$1}]"
}
list false
refused orda 'The return of each worker must be guaranteed by a deposit' act "$permit" file_list
list true
by orda act "$permit" file_list
by almaty act "$permit" certify
stands orda "$permit" in_force

# A report on the conditions, another worker, a suspension that is cured.
on 2009-09-07
by orda act "$permit" report_conditions conditions_met=1
by orda act "$permit" change_list 'replacement.person.full_name=Xavier Young' replacement.contract_ended=2009-09-01 'replacement.new_name=Emre Fidan' \
  replacement.new_category=second replacement.new_occupation=2142
by almaty act "$permit" certify_change replacement.new_qualification_proved=yes
by almaty act "$permit" suspend_permit 'revocation_reason=Wages are paid late'
by orda act "$permit" report_cure
by almaty act "$permit" resume

# No extension without the conditions; the clock ends the permit.
on 2010-01-05
quota 2010 KZ-75 second 1
on 2010-06-01
by orda act "$permit" begin_extension term_months=12
attached orda "$permit" original_permit certified_list extension_grounds
by orda act "$permit" file_extension
refused almaty 'The special conditions of the permit must have been met' act "$permit" grant_extension
by almaty act "$permit" refuse_extension 'revocation_reason=The special conditions have not been met'
office sweep --on 2010-06-16
on 2010-06-21
stands orda "$permit" expired

# The next application is refused for it.
next=$(opened orda work_permit_2001)
by orda facts "$next" category=second occupation=2142 region=KZ-75 headcount=1 term_months=12 earlier_permits=no foreign_bank_head=no seasonal_agreement=yes \
  language_required=no
attached orda "$next" application requirements number_grounds
by orda act "$next" submit
by almaty act "$next" examine qualification_fits=yes
refused almaty 'There must be no ground for refusal' act "$next" grant conditions_due=0
by almaty act "$next" refuse
stands orda "$next" refused
in_order
