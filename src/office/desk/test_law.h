#pragma once

/// For tests and benchmarks only.
namespace koshi::office {

/// A small law with everything that a desk has to keep: a permit inside a quota, places that the clock takes
/// back, and a sealed complaint.
inline constexpr const char* kTestLaw = R"(act LMP "Law on Migration" adopted 2011-07-22 in force from 2011-08-17

enum region "Region"
  'KZ-71' "Astana"
  'KZ-75' "Almaty"

enum paper "Document"
  passport "Passport"
  diploma "Diploma"

entity employer "Employer"
  identity employer bin named name
  bin : text "Business identification number"
  name : text "Name"
  barred_until : date or none "Barred until"

entity permit "Permit"
  link employer : employer "Employer"
  region : region "Region"
  headcount : whole "Workers"
  filed : date "Filed on"
  fits : yes/no "The workers are qualified"
  left : whole "Free places"
  valid_until : date or none "Valid until"

norm required_documents of permit : set of paper
  "Documents to attach"
  {passport} by LMP art. 7 [read]

norm may_apply of permit : yes/no
  "May apply"
  yes when employer.barred_until is none by LMP art. 8 [read]
  today > employer.barred_until when employer.barred_until is not none by LMP art. 8 [read]

account permits of (whole, region) "Quota of permits"

procedure work_permit of permit "Permit to attract foreign labour"
  by LMP art. 37 [read]
  from 2011-08-17
  aim in_force
  party employer "Employer" within employer.bin
  office akimat "Local executive body" within region
  role treasury "Treasury"
  number "{region}/WP/{year}/{number}"
  documents required_documents
  knows left = balance of permits(year_of(today), region)

  form post "Whom do you want to employ?"
    ask region, headcount, employer.name, employer.barred_until

  state draft "Draft"
    submit: "Submit" by employer -> examined
      files
      needs forms, documents
      requires may_apply "The employer must not be barred"
        by LMP art. 8 [read]
      sets filed = today
      reserve headcount from permits(year_of(filed), region) until today + 60 days
      notice akimat "A new application has come in."
    withdraw: "Withdraw" by employer -> withdrawn

  state examined "Under examination"
    within 7 days else late by LMP art. 38 [read]
    grant: "Grant" by akimat -> granted
      ask fits
      requires fits "The workers must be qualified"
        by LMP art. 39 [read]
      issues notice_of_grant "Notice of the grant"
    refuse: "Refuse" by akimat -> refused
      ask fits
      requires not fits "There is no ground for refusal"
        by LMP art. 39 [read]
      records employer.barred_until = today + 12 months rounded down
      release permits
      issues refusal "Decision to refuse"
      notice employer "The application has been refused."

  state granted "Granted, to be paid"
    within 10 days else lapse by LMP art. 40 [read]
    pay: "Record the payment" by treasury -> in_force
      sets valid_until = today + 1 year rounded down
      commit permits
      issues permit "Permit"
    lapse: "Lapse for want of payment" by clock -> lapsed
      release permits
      notice employer "The permit has lapsed, because the fee was not paid in time."

  state in_force "In force"
    until valid_until else expire by LMP art. 41 [read]
    revoke: "Revoke" by akimat -> expired
    expire: "Expire" by clock -> ended

  state ended "Ended, to be archived"
    until valid_until + 30 days else archive by LMP art. 42 [read]
    archive: "Archive" by clock -> expired

  final refused "Refused"
  final withdrawn "Withdrawn"
  final lapsed "Lapsed"
  final expired "Expired"

return permits_monthly of work_permit "Permits, monthly"
  by LMP art. 37 [read]
  every month
  for akimat within region
  for treasury
  row region "Region" = region
  count applications "Applications" of filed
  count granted "Granted" of reached granted
  count refused "Refused" of reached refused
  sum workers "Workers permitted" = headcount of done pay
  count large "Large applications" of filed where headcount > 3
  count open "Open at the end" of standing examined, granted

procedure levy of permit "Taking back of places"
  by LMP art. 50 [read]
  from 2011-08-17
  party employer "Employer" within employer.bin

  form post "How many places, and where?"
    ask region, headcount

  state draft "Draft"
    send: "Send" by employer -> waiting
      files
      needs forms

  state waiting "Waiting"
    within 1 days else take by LMP art. 50 [read]
    take: "Take back" by clock -> taken
      withdraw headcount from permits(year_of(today), region)

  final taken "Taken back"

entity complaint "Complaint"
  mark : text "Mark of the key"
  region : region "Region"
  told : text "What happened"
  reply : text "Answer"

procedure complaint of complaint "Complaint of a worker"
  by LMP art. 60 [read]
  from 2011-08-17
  sealed
  party complainant "Whoever complains" within mark without account
  office inspection "Labour inspection" within region
  office police "Police" within region

  form what "What happened?"
    ask region, told

  state draft "Draft"
    send: "Complain" by complainant -> received
      files
      needs forms
      notice inspection "A complaint has come in."

  state received "With the labour inspection"
    within 7 days else close by LMP art. 60 [read]
    answer: "Answer" by inspection -> answered
      ask reply
      issues reply_letter "Answer to a complaint"
      notice complainant "Your complaint has been answered."
    tell_police: "Let the police know" by complainant -> with_police
      notice police "A victim wants to speak with you."
    close: "Close" by clock -> answered

  state with_police "With the police"
    answer_police: "Answer" by police -> answered
      ask reply
      notice complainant "The police has answered."

  final answered "Answered"
)";

}  // namespace koshi::office
