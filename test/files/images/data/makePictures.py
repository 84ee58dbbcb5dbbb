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

# A red ground; a blue dot, after which the ground comes back; a green dot. Each frame holds no more than it changes.
def gif():
    table = bytes([255, 0, 0, 0, 0, 255, 0, 255, 0, 0, 0, 0])
    def frame(left, top, width, height, codes, delay, disposal):
        control = b"\x21\xf9\x04" + bytes([disposal << 2]) + delay.to_bytes(2, "little") + b"\0\0"
        place = b"".join(n.to_bytes(2, "little") for n in (left, top, width, height))
        # Codes of 3 bits, each pixel alone, cleared before the table would need a fourth bit.
        bits, out = [], []
        for i, code in enumerate(codes):
            if i % 2 == 0: bits.append(4)
            bits.append(code)
        bits.append(5)
        number = sum(code << (3 * i) for i, code in enumerate(bits))
        body = number.to_bytes((3 * len(bits) + 7) // 8, "little")
        return control + b"\x2c" + place + b"\0" + b"\x02" + bytes([len(body)]) + body + b"\0"
    loop = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\x02\x00\x00"
    head = b"GIF89a" + (6).to_bytes(2, "little") + (4).to_bytes(2, "little") + b"\x91\0\0" + table
    return head + loop + frame(0, 0, 6, 4, [0] * 24, 10, 1) + frame(2, 2, 1, 1, [1], 25, 3) + frame(4, 1, 1, 1, [2], 7, 1) + b";"

open("composed.gif", "wb").write(gif())

def lying(seed):
    page = Image.new("RGB", (3, 2), (seed, seed, seed))
    page.putpixel((0, 0), (0, 0, 255))
    return page

pages = [lying(90), lying(200)]
pages[0].save("pages.tiff", save_all=True, append_images=pages[1:], tiffinfo={274: 6})
Image.new("RGB", (2, 2)).save("differ.tiff", save_all=True, append_images=[Image.new("RGB", (3, 3))])
