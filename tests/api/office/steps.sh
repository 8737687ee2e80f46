# What the scripts of this folder have in common. Wanted in the environment: KOSHI, the program; DATA, a folder or URL; KEYS, a folder; and
# KOSHI_HOME for the law. A step that goes otherwise than the script says ends it with status 1 and a line that tells which.

set -eu

fail() {
  echo "FAILED: $*" >&2
  exit 1
}

# office ARGUMENTS…: a command for who keeps the office.
office() {
  "$KOSHI" office "$@" --data "$DATA" --keys "$KEYS"
}

# on DAY: the clock's day for all that follows.
on() {
  DAY=$1
}

# by WHO COMMAND ARGUMENTS…: one command on cases, which must be done.
by() {
  who=$1
  shift
  "$KOSHI" case "$@" --as "$who" --on "$DAY" --data "$DATA" --keys "$KEYS" --brief || fail "$who on $DAY: $*"
}

# refused WHO REASON COMMAND ARGUMENTS…: must end with status 1 and name the reason.
refused() {
  who=$1 reason=$2
  shift 2
  status=0
  said=$("$KOSHI" case "$@" --as "$who" --on "$DAY" --data "$DATA" --keys "$KEYS" 2>&1) || status=$?
  [ "$status" -eq 1 ] || fail "status $status instead of 1: $who on $DAY: $*: $said"
  case $said in
    *"$reason"*) echo "refused: $reason" ;;
    *) fail "'$reason' is not said: $who on $DAY: $*: $said" ;;
  esac
}

# opened WHO PROCEDURE: the number of the new case.
opened() {
  by "$1" open "$2" | cut -d' ' -f1
}

# attached WHO CASE KIND…: a document of each kind.
attached() {
  who=$1 case=$2
  shift 2
  for kind in "$@"; do
    echo "A document for trying out: $kind" > "$KEYS/$kind.txt"
    by "$who" attach "$case" "$kind" "$KEYS/$kind.txt"
  done
}

# stands WHO CASE STATE
stands() {
  said=$(by "$1" show "$2")
  case $said in
    "$2 $3 "*) ;;
    *) fail "case $2 is not in the state $3: $said" ;;
  esac
}

account() {
  login=$1 name=$2
  shift 2
  office account add "$login" --name "$name" "$@"
}

# quota YEAR REGION CATEGORY PLACES: all by acts of the ministry and, until 2020, the Government.
quota() {
  year=$1 region=$2 category=$3 places=$4
  plan=$(opened ministry national_quota)
  by ministry facts "$plan" year="$year" national="$places" valid_until="$year-12-31" labour_force=9700000
  if [ "$year" -le 2020 ]; then by government act "$plan" adopt_by_government; else by ministry act "$plan" adopt; fi
  by ministry act "$plan" enter category="$category" heads="$places"
  shares=$(opened ministry quota_distribution)
  by ministry facts "$shares" year="$year" valid_until="$year-12-31"
  by ministry act "$shares" open
  by ministry act "$shares" give region="$region" category="$category" heads="$places"
}

# in_order: the journal, the ledger and the cases are what they must be.
in_order() {
  office rebuild --check || fail "the cases are not what the journal says"
  office verify || fail "the office is not in order"
}
