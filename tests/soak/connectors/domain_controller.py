"""A Samba domain controller of its own in namespaces, and what a reset of a password is worth there."""

import os
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from shutil import which

ADDRESS = "10.99.0.1"
ADMIN = "Passw0rd!x"


class DomainController:
    """The realm corp.test on 10.99.0.1, named dc1.corp.test inside its namespaces; gone when closed."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.settings = str(self.folder / "etc/smb.conf")
        hosts = self.folder / "hosts"
        hosts.write_text(f"127.0.0.1 localhost\n{ADDRESS} dc1.corp.test dc1\n")
        # What stays alive for the namespaces; everything else enters them.
        self.holder = subprocess.Popen(["unshare", "-n", "-m", "--kill-child=KILL", "sleep", "3600"])
        deadline = time.time() + 10
        while os.readlink("/proc/self/ns/net") == os.readlink(f"/proc/{self.holder.pid}/ns/net") and time.time() < deadline:
            time.sleep(0.02)
        self.run("ip", "link", "set", "lo", "up")
        self.run("ip", "addr", "add", f"{ADDRESS}/32", "dev", "lo")
        self.run("mount", "--bind", str(hosts), "/etc/hosts")
        self.run("samba-tool", "domain", "provision", "--realm=CORP.TEST", "--domain=CORP", "--server-role=dc", "--dns-backend=SAMBA_INTERNAL",
                 f"--adminpass={ADMIN}", "--use-rfc2307", f"--targetdir={folder}", "--host-name=dc1", f"--host-ip={ADDRESS}",
                 "--option=interfaces=lo", "--option=bind interfaces only=yes", "--option=vfs objects=acl_xattr xattr_tdb")
        self.samba = subprocess.Popen([*self.entering(), "samba", "-F", "--no-process-group", "-s", self.settings, "-M", "prefork", "--debug-stdout"],
                                      stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        deadline = time.time() + 60
        while not self.binds("administrator@corp.test", ADMIN):
            if time.time() > deadline:
                raise RuntimeError("samba does not answer")
            time.sleep(0.2)

    def entering(self):
        return ["nsenter", "-t", str(self.holder.pid), "-n", "-m"]

    def run(self, *command):
        done = subprocess.run([*self.entering(), *command], capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"{command[0]} {command[1]}: {(done.stderr or done.stdout)[-300:]}")
        return done.stdout

    def tool(self, *arguments):
        return self.run("samba-tool", *arguments, "-s", self.settings)

    def binds(self, who, word):
        """Whether the directory lets that account in, by LDAP over TLS whose certificate is checked."""
        done = subprocess.run([*self.entering(), "env", f"LDAPTLS_CACERT={self.authorities()}", "ldapsearch", "-x", "-H", "ldaps://dc1.corp.test",
                               "-D", who, "-w", word, "-b", "", "-s", "base", "defaultNamingContext"], capture_output=True)
        return done.returncode == 0

    def authorities(self):
        return str(self.folder / "private/tls/ca.pem")

    def close(self):
        try:
            os.killpg(self.samba.pid, signal.SIGTERM)
            self.samba.wait(20)
            # Its children end after it, and write until then.
            deadline = time.time() + 20
            while time.time() < deadline:
                os.killpg(self.samba.pid, 0)
                time.sleep(0.1)
            os.killpg(self.samba.pid, signal.SIGKILL)
        except (AttributeError, ProcessLookupError, subprocess.TimeoutExpired):
            pass
        self.holder.kill()
        self.holder.wait(10)


def missing():
    """What is not installed here, or ""."""
    absent = [name for name in ("samba", "samba-tool", "ldapsearch", "nsenter", "unshare", "ip") if which(name) is None]
    if absent:
        return "not installed: " + ", ".join(absent)
    return "" if os.geteuid() == 0 else "this takes root, for namespaces"


def folder():
    return tempfile.TemporaryDirectory(prefix="cordon-dc-")
