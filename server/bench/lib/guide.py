"""The edits and commands of spec/docs/add-a-code.md, which the loops follow."""

import pathlib
import re

PAGE = "spec/docs/add-a-code.md"


class Guide:
    """The worked example as it stands on the page. Its commands before the last one fail, and say what is missing."""

    def __init__(self, root):
        text = (root / PAGE).read_text()
        self.blocks = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.M | re.S)
        self.commands = [at for at, (language, _) in enumerate(self.blocks) if language == "sh"]

    def command(self, number):
        """The words of a command, and what its output has to say."""
        at = self.commands[number]
        language, output = self.blocks[at + 1]
        if language:
            raise ValueError(f"{PAGE}: no output follows command {number + 1}")
        return self.blocks[at][1].strip(), output.strip()

    def edit(self, root, number):
        """Makes all edits that come before a command."""
        for language, block in self.blocks[:self.commands[number]]:
            if language == "diff":
                name, _, hunks = block.partition("\n")
                self._apply(pathlib.Path(root, name), hunks)

    @staticmethod
    def _apply(file, hunks):
        text = "\n" + file.read_text()
        for hunk in re.split(r"^@@\n", hunks, flags=re.M):
            lines = hunk.splitlines(keepends=True)
            old = "\n" + "".join(line[1:] for line in lines if line[0] != "+")
            new = "\n" + "".join(line[1:] for line in lines if line[0] != "-")
            if text.count(old) != 1:
                raise ValueError(f"{PAGE}: {file} has these lines {text.count(old)} times:{old}")
            text = text.replace(old, new)
        file.write_text(text[1:])
