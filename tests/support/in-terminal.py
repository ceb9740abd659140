"""Runs a program in a terminal of its own: what is typed comes on stdin, what it shows goes to stdout.
At the end it says how the program ended and whether the terminal is as it was. SIGTERM goes to the program."""
import fcntl, os, pty, select, signal, struct, subprocess, sys, termios

master, slave = pty.openpty()
fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack('HHHH', 24, 40, 0, 0))
before = termios.tcgetattr(slave)
program = subprocess.Popen(
    sys.argv[1:], stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
    preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
)
signal.signal(signal.SIGTERM, lambda *_: program.terminate())
sources = [master, 0]
while program.poll() is None or select.select([master], [], [], 0)[0]:
    for ready in select.select(sources, [], [], 0.05)[0]:
        some = os.read(ready, 65536)
        if ready == master:
            os.write(1, some)
        elif some:
            os.write(master, some)
        else:
            sources.remove(0)
is_same = termios.tcgetattr(slave) == before
os.write(1, f'[ended {program.returncode}, terminal {"same" if is_same else "changed"}]'.encode())
