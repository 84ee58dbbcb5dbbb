"""Makes the small pictures of this folder with Pillow 9.4 (Debian 12): python3 makePictures.py"""
import json, struct, zlib
from PIL import Image

W, H = 21, 13
picture = Image.new("RGB", (W, H))
picture.putdata([((x * 12) % 256, (y * 19) % 256, (x * y * 3) % 256) for y in range(H) for x in range(W)])
few = picture.quantize(13)
two = picture.convert("1")
clear = picture.convert("RGBA")
clear.putdata([(*p[:3], 0 if i % 5 == 0 else 128 if i % 5 == 1 else 255) for i, p in enumerate(clear.getdata())])

def expected(image):
    return list(image.convert("RGBA").tobytes())

pixels = {"colour": expected(picture), "few": expected(few), "two": expected(two), "clear": expected(clear), "grey": expected(picture.convert("L"))}
picture.save("colour.png"); picture.save("colour.bmp"); picture.save("colour.tiff", compression="tiff_lzw"); picture.save("colour.webp", lossless=True)
few.save("few.png"); few.save("few.gif"); few.save("few8.bmp"); two.save("two.bmp"); two.save("two.png")
clear.save("clear.png"); clear.save("clear.tiff"); clear.save("clear.webp", lossless=True, exact=True)
picture.convert("L").save("grey.png"); picture.convert("L").save("grey.tiff")
for orientation in range(1, 9):
    exif = Image.Exif(); exif[0x112] = orientation
    picture.save(f"turned{orientation}.webp", lossless=True, exif=exif)
frames = [few, few.transpose(Image.FLIP_LEFT_RIGHT), few.transpose(Image.ROTATE_180)]
frames[0].save("frames.gif", save_all=True, append_images=frames[1:], duration=50)
picture.save("frames.png", save_all=True, append_images=[picture.transpose(Image.FLIP_LEFT_RIGHT)])
picture.convert("CMYK").save("cmyk.jpg", quality=95)
picture.save("colour.jpg", quality=95)

def png(width, height, depth, kind, data, extra=b""):
    chunk = lambda name, body: struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0)) + extra + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")

open("deep.png", "wb").write(png(2, 1, 16, 2, b"\0" + struct.pack(">6H", 0, 65535, 32768, 255, 256, 513)))
open("bomb.png", "wb").write(png(60000, 60000, 8, 0, b"\0" * 100000))
open("nothing.png", "wb").write(png(0, 5, 8, 0, b""))
json.dump({"width": W, "height": H, "pixels": {name: bytes(p).hex() for name, p in pixels.items()}}, open("pixels.json", "w"), indent=2)
open("pixels.json", "a").write("\n")
