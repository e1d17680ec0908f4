# A tour of the shell: sh /tour.sh
mkdir /tour && cd /tour || exit 1
echo one line > file; echo another line >> file
cat file | sort | head -n 1
ln file same; ls -l
grep -c line file same; wc file
(cat /no-such-file || echo it was not there) 2>&1 | cat
bad-address; echo "the child ended, the shell lives: $?"
cd /; rm -r /tour; ls /
