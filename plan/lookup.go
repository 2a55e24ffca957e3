package plan

import "lodestone/element"

// site is the site of that name; what rows refer to is there once a network is decoded.
func (n *Network) site(id string) *Site {
	for i := range n.Sites {
		if n.Sites[i].ID == id {
			return &n.Sites[i]
		}
	}
	return &Site{}
}

func (n *Network) material(id string) *Material {
	for i := range n.Materials {
		if n.Materials[i].ID == id {
			return &n.Materials[i]
		}
	}
	return &Material{}
}

func (n *Network) purchase(id string) *Purchase {
	for i := range n.Purchases {
		if n.Purchases[i].ID == id {
			return &n.Purchases[i]
		}
	}
	return &Purchase{}
}

func (n *Network) lane(id string) *Lane {
	for i := range n.Lanes {
		if n.Lanes[i].ID == id {
			return &n.Lanes[i]
		}
	}
	return &Lane{}
}

// contentsOf is what a material holds, as far as the table of contents tells.
func (n *Network) contentsOf(material string) []Content {
	var out []Content
	for _, c := range n.Contents {
		if c.Material == material {
			out = append(out, c)
		}
	}
	return out
}

// elementsOf is the elements in a material. Symbols that are none have been refused by complete.
func (n *Network) elementsOf(material string) element.Set {
	var out element.Set
	for _, c := range n.contentsOf(material) {
		if e, err := element.Parse(c.Element); err == nil {
			out = out.With(e)
		}
	}
	return out
}

// share is the mass fraction of an element in a material.
func (n *Network) share(material, symbol string) float64 {
	for i := range n.Contents {
		if c := &n.Contents[i]; c.Material == material && c.Element == symbol {
			return c.Share
		}
	}
	return 0
}
