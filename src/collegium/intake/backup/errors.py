"""Why a backup is refused, before anything is touched."""

from collegium.kit.errors import Refusal


class BackupRefused(Refusal):
    """The file or the place does not fit. The sentence says what to do."""

    code = "intake.backup_refused"


def not_a_backup(name: str) -> BackupRefused:
    return BackupRefused(f"{name} is no backup of Collegium. Give a file that `collegium backup` wrote.")


def damaged(name: str, why: str) -> BackupRefused:
    return BackupRefused(f"{name} is damaged ({why}), so nothing was restored. Use another backup.")


def wrong_key(name: str) -> BackupRefused:
    return BackupRefused(f"BACKUP_KEY does not open {name}, or it is damaged. Set the key of that backup.")
