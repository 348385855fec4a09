"""Points (kho, cửa hàng, nhà của chủ thể), lots, and what is on hand, with a movement for every change."""
