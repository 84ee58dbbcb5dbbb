"""Writes connectedRegions.json: what scipy.ndimage finds in a made-up picture of five colours.

numpy 1.24.2, scipy 1.10.1; python3 connectedRegions.py > connectedRegions.json
"""
import json
import numpy
from scipy import ndimage

random = numpy.random.RandomState(20261121)
height, width, colours = 40, 56, 5
# Smooth hills cut into levels, with noise at the edges of levels.
hills = ndimage.gaussian_filter(random.normal(size=(height, width)), 2.2)
hills = hills / hills.std() + random.normal(scale=0.12, size=hills.shape)
picture = numpy.clip(numpy.floor((hills + 2) * colours / 4), 0, colours - 1).astype(int)
grey = ((7 * numpy.arange(height * width)) % 256).reshape(height, width)


def regions(structure):
    found = []
    for colour in range(colours):
        label, count = ndimage.label(picture == colour, structure)
        numbers = range(1, count + 1)
        boxes = ndimage.find_objects(label)
        centroids = ndimage.center_of_mass(label > 0, label, numbers)
        means = ndimage.mean(grey, label, numbers)
        for number, box, centroid, mean in zip(numbers, boxes, centroids, means):
            pixels = numpy.flatnonzero(label == number)
            found.append({
                'colour': colour,
                'area': int(pixels.size),
                'first': int(pixels[0]),
                'box': [box[0].start, box[0].stop - 1, box[1].start, box[1].stop - 1],
                'centroid': list(centroid),
                'mean': float(mean),
            })
    return sorted(found, key=lambda region: (-region['area'], region['first']))


print(json.dumps({
    'source': 'scipy.ndimage.label, find_objects, center_of_mass, mean; connectedRegions.py',
    'width': width,
    'height': height,
    'rows': [''.join(map(str, row)) for row in picture],
    'regions': {
        '4': regions(ndimage.generate_binary_structure(2, 1)),
        '8': regions(ndimage.generate_binary_structure(2, 2)),
    },
}))
