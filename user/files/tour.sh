# A tour of the shell: sh /tour.sh
# Each command is shown before it runs. `cat /tour.sh` shows how.
mkdir /tour && cd /tour || exit 1
echo '$ echo one line > file; echo another line >> file'
echo one line > file; echo another line >> file
echo '$ cat file | sort | head -n 1'
cat file | sort | head -n 1
echo '$ ln file same; ls -l'
ln file same; ls -l
echo '$ grep -c line file same; wc file'
grep -c line file same; wc file
echo '$ (cat /no-such-file || echo it was not there) 2>&1 | cat'
(cat /no-such-file || echo it was not there) 2>&1 | cat
echo '$ bad-address; echo "the child ended, the shell lives: $?"'
bad-address; echo "the child ended, the shell lives: $?"
cd /; rm -r /tour
echo 'What the tour made is gone again. Now you: `help` lists what there is.'
