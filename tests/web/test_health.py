def test_an_empty_shop_is_ready(client):
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 200
