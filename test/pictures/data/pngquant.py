"""Files of pngquant, undithered, of the reference pictures: bytes, and mean square error over channels and pixels.

Run in this folder: python3 pngquant.py. Needs pngquant, numpy and Pillow. Every speed that differs in its palette is
asked: 1 is the best, 3 and 4 what it does by itself, 11 the fastest.
"""
import io
import json
import subprocess
from pathlib import Path

import numpy as np
from PIL import Image

pictures = Path("../../image/data")
cases = []
for name in ("china", "flower", "chelsea"):
    source = pictures / f"{name}.png"
    pixels = np.asarray(Image.open(source).convert("RGB"), float)
    for colours in (4, 10, 16, 64, 256):
        files = []
        for speed in (1, 3, 4, 11):
            options = ["--speed", str(speed), "--nofs", str(colours), "-"]
            file = subprocess.run(["pngquant", *options], input=source.read_bytes(), capture_output=True, check=True).stdout
            result = np.asarray(Image.open(io.BytesIO(file)).convert("RGB"), float)
            files.append({"speed": speed, "bytes": len(file), "mse": float(((pixels - result) ** 2).mean())})
        cases.append({"picture": name, "colours": colours, "files": files})
version = subprocess.run(["pngquant", "--version"], capture_output=True, text=True, check=True).stdout.strip()
lines = ",\n".join("    " + json.dumps(case) for case in cases)
Path("pngquant.json").write_text(f'{{\n  "pngquant": {json.dumps(version)},\n  "cases": [\n{lines}\n  ]\n}}\n')
