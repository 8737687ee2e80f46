#!/usr/bin/env bash
# Has koshi.service started, killed, stopped and refused by a systemd of its own: in namespaces of its own, on a view of this machine's files
# in which all that is written is thrown away, without a network but loopback. Where that cannot be had (not root, a container) it says so and
# ends with 0. Usage: deploy/boot.sh PROGRAM
set -euo pipefail
script=$(readlink -f "${BASH_SOURCE[0]}")
here=$(dirname "$script")
data=/var/lib/koshi

# What the unit expects: the program and its texts, a user, an office.
furnish() {
  local program=$1 home=$2 part
  mkdir -p opt/koshi/bin opt/koshi/build .$data
  cp "$program" opt/koshi/bin/koshi
  for part in law words pages build/portal; do [ ! -e "$home/$part" ] || cp -r "$home/$part" "opt/koshi/$part"; done
  printf 'koshi:x:64123:\n' >> etc/group
  printf 'koshi:x:64123:64123::/nonexistent:/usr/sbin/nologin\n' >> etc/passwd
  chroot . /usr/bin/env KOSHI_HOME=/opt/koshi /opt/koshi/bin/koshi office init --data $data > /dev/null
  chown -R 64123:64123 .$data
}

# Of the machine's own units none is wanted but the one that keeps what services say.
arrange_units() {
  rm -rf lib/systemd/system/*.wants etc/systemd/system/*.wants etc/systemd/system/default.target
  mkdir -p etc/systemd/system/sysinit.target.wants
  ln -s /lib/systemd/system/systemd-journald.service etc/systemd/system/sysinit.target.wants/
  cp "$here/koshi.service" etc/systemd/system/
  printf '[Unit]\nWants=koshi.service\n' > etc/systemd/system/koshi-trial.target
}

if [ "$1" = --inside ]; then
  top=$2 program=$3 home=$4
  mount --make-rprivate /
  mount -t tmpfs tmpfs "$top"
  mkdir "$top/up" "$top/work" "$top/root"
  mount -t overlay overlay -o "lowerdir=/,upperdir=$top/up,workdir=$top/work" "$top/root"
  cd "$top/root"
  mount -t proc proc proc
  mount -t sysfs sysfs sys
  mount -t cgroup2 cgroup2 sys/fs/cgroup
  for empty in run tmp; do mount -t tmpfs tmpfs "$empty"; done
  mount --rbind /dev dev
  furnish "$program" "$home"
  arrange_units
  pivot_root . mnt
  cd /
  umount -l /mnt
  echo begins
  exec /usr/bin/env -i container=koshi PATH=/usr/sbin:/usr/bin:/sbin:/bin \
    /lib/systemd/systemd --system --unit=koshi-trial.target --log-target=console --show-status=no
fi

program=$(readlink -f "$1")
home=${KOSHI_HOME:-$(dirname "$here")}
dir=$(mktemp -d)
cgroup=$dir/cgroup
shell='' init=''
finish() {
  [ -z "$init" ] || kill -KILL "$init" 2> /dev/null || true
  wait || true
  for _ in $(seq 50); do
    [ -d "$cgroup/koshi-trial" ] || break
    find "$cgroup/koshi-trial" -depth -type d -exec rmdir {} + 2> /dev/null || sleep 0.1
  done
  mountpoint -q "$cgroup" && umount "$cgroup"
  rm -rf "$dir"
}
trap finish EXIT
good() { printf 'ok    %s\n' "$1"; }
bad() { printf 'WRONG %s: %s\n' "$1" "${2:-}"; cat "$dir/console"; exit 1; }
is() { [ "$2" = "$3" ] && good "$1" || bad "$1" "not '$2' but '$3'"; }
skip() { printf 'not run: a systemd of its own for koshi.service (%s)\n' "$1"; exit 0; }
inside() { nsenter -t "$init" -m -p -u -i -n -C "$@"; }
of_unit() { inside systemctl show koshi -p "$1" --value; }
answers() { inside curl -sf http://127.0.0.1:8080/readyz > /dev/null 2>&1; }
# until COMMAND holds, at most a minute
until_it() { for _ in $(seq 600); do "$@" && return; sleep 0.1; done; return 1; }

[ -x /lib/systemd/systemd ] || skip 'there is none'
[ "$(id -u)" = 0 ] || skip 'only root may'
mkdir "$cgroup" "$dir/top"
mount -t cgroup2 none "$cgroup" 2> /dev/null && mkdir "$cgroup/koshi-trial" || skip 'no control groups'
# In a group of its own, which it takes for the root of all.
(
  echo "$BASHPID" > "$cgroup/koshi-trial/cgroup.procs"
  exec unshare --mount --pid --fork --kill-child=KILL --uts --ipc --net --cgroup bash "$script" --inside "$dir/top" "$program" "$home"
) > "$dir/console" 2>&1 &
shell=$!
begun() { grep -q '^begins' "$dir/console" || ! kill -0 "$shell" 2> /dev/null; }
until_it begun || true
grep -q '^begins' "$dir/console" || skip "$(tail -1 "$dir/console")"
init=$(pgrep -P "$shell")
is_up() { inside systemctl show --property=Version > /dev/null 2>&1; }
until_it is_up || skip 'it does not come up here'

until_it answers || bad 'systemd starts the office'
good 'systemd starts the office'
pid=$(of_unit MainPID)
is 'it runs as its own user' koshi "$(inside ps -o user= -p "$pid")"
is 'its folder is nobody else'\''s' '700 koshi' "$(inside stat -c '%a %U' $data)"
of_process() { inside grep -oP "^$1:\s*\K\S+" "/proc/$pid/status"; }
is 'it can gain no right' 1 "$(of_process NoNewPrivs)"
is 'it has none to begin with' 0000000000000000 "$(of_process CapBnd)"
is 'its calls are filtered' 2 "$(of_process Seccomp)"
inside nsenter -t "$pid" -m touch /opt/koshi/law/x 2> /dev/null && bad 'it cannot write its own texts' || good 'it cannot write its own texts'

inside kill -KILL "$pid"
again() { [ "$(of_unit MainPID)" != "$pid" ] && answers; }
until_it again || bad 'killed, it comes back'
is 'killed, it comes back' 1 "$(of_unit NRestarts)"
inside systemctl stop koshi
is 'stopped, it ends in order' 'inactive 0' "$(of_unit ActiveState) $(of_unit ExecMainStatus)"

inside truncate -s -100 $data/office.db
inside systemctl start koshi
failed() { [ "$(of_unit ActiveState)" = failed ]; }
until_it failed || bad 'with a damaged database it stays down' "$(of_unit ActiveState)"
is 'with a damaged database it stays down' '2 0' "$(of_unit ExecMainStatus) $(of_unit NRestarts)"
inside journalctl -u koshi --no-pager -o cat | grep -q 'is not whole' && good 'and says why' || bad 'and says why'
